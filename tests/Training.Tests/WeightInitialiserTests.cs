using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Training.Tests;

public class WeightInitialiserTests
{
    /// <summary>Limits worked by hand: sqrt(6 / (fan in + fan out)), fans times the kernel's area for convolutions.</summary>
    [Theory]
    [InlineData("conv2d.weight", 9 + (9 * 32))]
    [InlineData("conv2d_1.weight", (9 * 32) + (9 * 64))]
    [InlineData("dense.weight", 1152 + 128)]
    [InlineData("classifier.weight", 128 + 5)]
    public void Create_Kernel_IsUniformWithinGlorotsLimit(string name, int fans)
    {
        var values = Create(StudyModels.Model3, seed: 1)[name].Values;
        var limit = Math.Sqrt(6.0 / fans);

        Assert.All(values, value => Assert.InRange(value, -limit, limit));
        Assert.InRange(values.Max(), limit * .97, limit);
        Assert.InRange(values.Min(), -limit, -limit * .97);
        var standardError = limit / Math.Sqrt(3 * values.Length);
        Assert.InRange(values.Average(), -4 * standardError, 4 * standardError);
    }

    [Fact]
    public void Create_BiasesAndBatchNorms_StartAsInKeras()
    {
        var weights = Create(StudyModels.Model4, seed: 1);

        Assert.All(weights["conv2d.bias"].Values.Concat(weights["classifier.bias"].Values), value => Assert.Equal(0, value));
        Assert.All(
            weights["batch_normalization.weight"].Values.Concat(weights["batch_normalization.running_var"].Values),
            value => Assert.Equal(1, value));
        Assert.All(
            weights["batch_normalization.bias"].Values.Concat(weights["batch_normalization.running_mean"].Values),
            value => Assert.Equal(0, value));
    }

    /// <summary>torchvision: kaiming_normal_(mode fan_out, relu): deviation sqrt(2 / (out channels x kernel area)).</summary>
    [Fact]
    public void Create_ResNet50Kernel_HasHesDeviation()
    {
        var values = Create(StudyModels.ResNet50, seed: 1)["resnet50.layer1.0.conv2.weight"].Values;
        var deviation = Math.Sqrt(2.0 / (64 * 9));

        Assert.InRange(Math.Sqrt(values.Average(value => (double)value * value)), deviation * .985, deviation * 1.015);
        Assert.Contains(values, value => Math.Abs(value) > 3 * deviation);
    }

    /// <summary>torchvision's zero_init_residual, for the sixteen blocks (He et al. 2015, table 1: 3 + 4 + 6 + 3).</summary>
    [Fact]
    public void Create_ResNet50BatchNorms_CloseEachBlockAtZeroAndStartAsTheIdentityElsewhere()
    {
        var scales = Create(StudyModels.ResNet50, seed: 1)
            .Where(weight => weight.Key.StartsWith("resnet50.", StringComparison.Ordinal)
                && weight.Value.Shape.Length == 1
                && weight.Key.EndsWith(".weight", StringComparison.Ordinal))
            .ToLookup(weight => weight.Key.EndsWith(".bn3.weight", StringComparison.Ordinal), weight => weight.Value.Values);

        Assert.Equal(16, scales[true].Count());
        Assert.All(scales[true], values => Assert.All(values, value => Assert.Equal(0, value)));
        Assert.Equal(1 + (2 * 16) + 4, scales[false].Count());
        Assert.All(scales[false], values => Assert.All(values, value => Assert.Equal(1, value)));
    }

    [Fact]
    public void Create_SameSeed_GivesTheSameWeights()
    {
        var one = Create(StudyModels.Model1, seed: 3);
        var two = Create(StudyModels.Model1, seed: 3);
        var other = Create(StudyModels.Model1, seed: 4);

        Assert.All(one, weight => Assert.Equal(weight.Value.Values, two[weight.Key].Values));
        Assert.NotEqual(one["conv2d.weight"].Values, other["conv2d.weight"].Values);
    }

    private static Dictionary<string, WeightTensor> Create(ModelSpec spec, int seed) =>
        new(WeightInitialiser.Create(ModelPlan.Of(spec, ClassLabels.Five), seed));
}
