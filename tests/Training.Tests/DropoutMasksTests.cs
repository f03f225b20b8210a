using ServerlessFashion.Data;
using ServerlessFashion.Models;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests;

public class DropoutMasksTests
{
    private const int Batch = 64;
    private static readonly ModelPlan Plan = ModelPlan.Of(StudyModels.Model3, ClassLabels.Five);

    [Theory]
    [InlineData("dropout", .2)]
    [InlineData("dropout_2", .4)]
    public void Apply_Ones_GivesZeroOrTheInverseOfWhatIsKeptAtTheRate(string layer, double rate)
    {
        using var masks = Started(epoch: 1);
        var values = Mask(masks, layer, step: 0);

        Assert.Equal([0f, (float)(1 / (1 - rate))], values.Distinct().Order());
        var deviation = Math.Sqrt(rate * (1 - rate) / values.Length);
        Assert.InRange(values.Count(value => value == 0) / (double)values.Length, rate - (4 * deviation), rate + (4 * deviation));
    }

    [Fact]
    public void Apply_SameSeedEpochStepAndLayer_GivesTheSameMask()
    {
        using var one = Started(epoch: 3);
        using var two = Started(epoch: 3);
        Mask(two, "dropout", step: 9);

        Assert.Equal(Mask(one, "dropout", step: 5), Mask(two, "dropout", step: 5));
    }

    [Fact]
    public void Apply_AnotherStepEpochOrSeed_GivesAnUnrelatedMask()
    {
        using var masks = Started(epoch: 1);
        using var later = Started(epoch: 2);
        using var other = Started(epoch: 1, seed: 2);
        var mask = Mask(masks, "dropout", step: 0);

        // Independent masks agree on .8 * .8 + .2 * .2 = .68 of the elements.
        Assert.All(
            [Mask(masks, "dropout", step: 1), Mask(later, "dropout", step: 0), Mask(other, "dropout", step: 0)],
            another => Assert.InRange(mask.Zip(another, (a, b) => a == b ? 1.0 : 0).Average(), .675, .685));
    }

    [Fact]
    public void Apply_Gradient_IsTheMask()
    {
        using var masks = Started(epoch: 1);
        masks.StartStep(0);
        using var features = ones([2, 128], requires_grad: true);
        using var dropped = masks.Apply("dropout_2", features);
        using var sum = dropped.sum();

        var gradient = autograd.grad([sum], [features])[0];

        Assert.Equal(dropped.data<float>().ToArray(), gradient.data<float>().ToArray());
    }

    private static DropoutMasks Started(int epoch, int seed = 1)
    {
        var masks = new DropoutMasks(Plan, Batch, seed, CPU);
        masks.StartEpoch(epoch);
        return masks;
    }

    private static float[] Mask(DropoutMasks masks, string layer, int step)
    {
        masks.StartStep(step);
        var channels = Plan.Layers.Single(plan => plan.Name == layer).Input.Count;
        using var features = ones(Batch, channels);
        using var dropped = masks.Apply(layer, features);
        return dropped.data<float>().ToArray();
    }
}
