using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Phases;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests.Phases;

public class CutChannelsTests
{
    private const int Inputs = 784;

    /// <summary>
    /// The weights of three units are .1, .3 and .2 throughout, so the second and the third remain. The classifier reads unit u for
    /// label k with the weight 10 k + u.
    /// </summary>
    [Fact]
    public void Begin_ThreeUnits_KeepsTheTwoWithTheLargestWeights()
    {
        var spec = Tiny.Slim with { Layers = [new Flatten(), new Dense(2)], WideLayers = [new Flatten(), new Dense(3)] };
        var wide = spec.PlanOf(spec.Phases[0], ClassLabels.Five);
        var narrow = spec.PlanOf(spec.Phases[1], ClassLabels.Five);
        var weights = new Dictionary<string, WeightTensor>
        {
            ["dense.weight"] = new([3, Inputs], [.. Row(.1f), .. Row(.3f), .. Row(.2f)]),
            ["dense.bias"] = new([3], [1, 2, 3]),
            ["classifier.weight"] = new([5, 3], [0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42]),
            ["classifier.bias"] = new([5], [1, 2, 3, 4, 5]),
        };
        using var model = new TrainedNetwork(
            wide, Network.Create(wide, weights, "test", CPU), plan => new DropoutMasks(plan, 1, seed: 1, CPU));

        using var callback = new CutChannels(narrow);
        callback.Begin(model);

        Assert.Same(narrow, model.Plan);
        Assert.Equal([.. Row(.3f), .. Row(.2f)], Values("dense.weight"));
        Assert.Equal([2, 3], Values("dense.bias"));
        Assert.Equal([1, 2, 11, 12, 21, 22, 31, 32, 41, 42], Values("classifier.weight"));
        Assert.Equal([1, 2, 3, 4, 5], Values("classifier.bias"));
        float[] Values(string name) => model.Network.Weight(name).data<float>().ToArray();
    }

    private static IEnumerable<float> Row(float value) => Enumerable.Repeat(value, Inputs);
}
