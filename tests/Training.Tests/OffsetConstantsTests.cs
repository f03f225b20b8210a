using ServerlessFashion.Data;
using ServerlessFashion.Models;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests;

public class OffsetConstantsTests
{
    [Fact]
    public void Write_Constants_SetsTheWeightsOfTheHeadAndNoOthers()
    {
        var plan = ModelPlan.Of(Tiny.LatentOffsets with { Layers = [new Flatten()] }, ClassLabels.Five);
        using var network = Network.Create(plan, LinearTraining.Zeros(plan), "test", CPU);

        new OffsetConstants([-2, -1, 1, 2], [4, 5, 6, 7], -.5f).Write(network, plan);

        Assert.Equal([-2, -1, 1, 2], Values("latent_offsets.offsets"));
        Assert.Equal([4, 5, 6, 7], Values("latent_offsets.cuts"));
        Assert.Equal([-.5f], Values("latent_offsets.log_scale"));
        Assert.All(Values("classifier.weight"), value => Assert.Equal(0, value));
        float[] Values(string name) => network.Weight(name).data<float>().ToArray();
    }

    [Fact]
    public void Read_NetworkWithConstants_GivesThem()
    {
        var plan = ModelPlan.Of(Tiny.LatentOffsets with { Layers = [new Flatten()] }, ClassLabels.Five);
        var weights = new Dictionary<string, WeightTensor>(LinearTraining.Zeros(plan))
        {
            ["latent_offsets.offsets"] = new([4], [1, 2, 3, 4]),
            ["latent_offsets.cuts"] = new([4], [5, 6, 7, 8]),
            ["latent_offsets.log_scale"] = new([1], [.25f]),
        };
        using var network = Network.Create(plan, weights, "test", CPU);

        var constants = OffsetConstants.Read(network, plan);

        Assert.Equal([1, 2, 3, 4], constants.Offsets);
        Assert.Equal([5, 6, 7, 8], constants.Cuts);
        Assert.Equal(.25f, constants.LogScale);
    }
}
