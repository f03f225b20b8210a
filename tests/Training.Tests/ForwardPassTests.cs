using ServerlessFashion.Data;
using ServerlessFashion.Models;
using TorchSharp;
using static TorchSharp.torch;
using Padding = ServerlessFashion.Models.Padding;

namespace ServerlessFashion.Training.Tests;

/// <summary>Every kind of layer on inputs that can be worked by hand; whole networks are compared with PyTorch elsewhere.</summary>
public sealed class ForwardPassTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>Sums of 4, 6 or 9 ones, less 5, and never below zero.</summary>
    [Fact]
    public void Visit_ConvolutionWithZeroPadding_SumsTheWindowAndRectifies()
    {
        var found = Apply(new Conv2D(1, 3, Padding.Same), ones(1, 1, 3, 3), ("weight", ones(1, 1, 3, 3)), ("bias", tensor(new[] { -5f })));

        Assert.Equal([0, 1, 0, 1, 4, 1, 0, 1, 0], Values(found));
    }

    [Fact]
    public void Visit_ConvolutionWithStride_TakesEverySecondPixel()
    {
        var layer = new Conv2D(1, 1, Padding.Valid, Activation.Linear) { Stride = 2 };

        var found = Apply(layer, Count(1, 1, 5, 5), ("weight", full(1, 1, 1, 1, -2f)), ("bias", tensor(new[] { 1f })));

        Assert.Equal([1, -3, -7, -19, -23, -27, -39, -43, -47], Values(found));
    }

    [Theory]
    [InlineData(Activation.Linear, -2.5f)]
    [InlineData(Activation.Relu, 0)]
    public void Visit_Dense_IsTheProductPlusTheBias(Activation activation, float second)
    {
        var kernel = tensor(new[] { 1f, 1, -1, -1 }, [2, 2]);

        var found = Apply(
            new Dense(2, activation), tensor(new[] { 1f, 2 }, [1, 2]), ("weight", kernel), ("bias", tensor(new[] { .5f, .5f })));

        Assert.Equal([3.5f, second], Values(found));
    }

    [Theory]
    [InlineData(2, new float[] { 7, 9, 11, 19, 21, 23, 31, 33, 35 })]
    [InlineData(3, new float[] { 14, 17, 32, 35 })]
    public void Visit_MaxPooling_GivesTheLargestOfEachWindow(int size, float[] expected) =>
        Assert.Equal(expected, Values(Apply(new MaxPool2D(size), Count(1, 1, 6, 6))));

    /// <summary>Sums of 4, 6 or 9 numbers in each channel by a kernel of its own: ones, and twos.</summary>
    [Fact]
    public void Visit_DepthwiseConvolution_HasAKernelForEachChannel()
    {
        var kernel = cat([ones(1, 1, 3, 3), full(1, 1, 3, 3, 2f)]);

        var found = Apply(new DepthwiseConv2D(3, Padding.Same), ones(1, 2, 3, 3), ("weight", kernel), ("bias", tensor(new[] { -5f, 0 })));

        Assert.Equal([0, 1, 0, 1, 4, 1, 0, 1, 0, 8, 12, 8, 12, 18, 12, 8, 12, 8], Values(found));
    }

    /// <summary>The means of 0, 1, 5, 6 and so on; the last row and column of 5 are dropped.</summary>
    [Fact]
    public void Visit_AveragePooling_IsTheMeanOfEachWholeWindow() =>
        Assert.Equal([3, 5, 13, 15], Values(Apply(new AveragePooling2D(2), Count(1, 1, 5, 5))));

    /// <summary>x + (-3x + 1), and never below zero.</summary>
    [Theory]
    [InlineData(Activation.Relu, new float[] { 1, 0, 0, 0 })]
    [InlineData(Activation.Linear, new float[] { 1, -1, -3, -5 })]
    public void Visit_ResidualBlockWithIdentity_AddsTheInput(Activation activation, float[] expected)
    {
        var block = new ResidualBlock([new Conv2D(1, 1, Padding.Valid, Activation.Linear)], activation);
        var input = Count(1, 1, 2, 2);

        var found = Apply(block, input, ("conv2d.weight", full(1, 1, 1, 1, -3f)), ("conv2d.bias", tensor(new[] { 1f })));

        Assert.Equal(expected, Values(found));
        Assert.Equal([0, 1, 2, 3], Values(input));
    }

    /// <summary>The largest of each window, plus two times every second pixel plus ten.</summary>
    [Fact]
    public void Visit_ResidualBlockThatHalvesTheSide_AddsTheProjectedInput()
    {
        var block = new ResidualBlock([new MaxPool2D(2), new Conv2D(1, 1, Padding.Valid, Activation.Linear)]);

        var found = Apply(
            block, Count(1, 1, 4, 4), ("conv2d.weight", ones(1, 1, 1, 1)), ("conv2d.bias", tensor(new[] { 0f })),
            ("shortcut.weight", full(1, 1, 1, 1, 2f)), ("shortcut.bias", tensor(new[] { 10f })));

        Assert.Equal([5 + 0 + 10, 7 + 4 + 10, 13 + 16 + 10, 15 + 20 + 10], Values(found));
    }

    [Fact]
    public void Visit_GlobalAveragePooling_IsTheMeanOfEachChannel() =>
        Assert.Equal([1.5f, 5.5f], Values(Apply(new GlobalAveragePooling2D(), Count(1, 2, 2, 2))));

    [Fact]
    public void Visit_Flatten_IsChannelByChannelAndRowByRow()
    {
        var found = Apply(new Flatten(), Count(2, 2, 2, 2));

        Assert.Equal([2, 8], found.shape);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => (float)i), Values(found));
    }

    [Fact]
    public void Visit_DropoutInEvaluationMode_ChangesNothing() =>
        Assert.Equal([0, 1, 2, 3], Values(Apply(new Dropout(.5), Count(1, 4))));

    /// <summary>
    /// The variance 3.999 and Keras's epsilon .001 make a deviation of 2: (2 - 1) / 2 * 4 + .25 and (0 - 1) / 2 * 4 + .25.
    /// </summary>
    [Fact]
    public void Visit_BatchNormInEvaluationMode_NormalisesByTheStoredStatistics()
    {
        var statistics = Statistics(scale: 4, shift: .25f, mean: 1, variance: 3.999f);

        var found = Apply(new BatchNormalization(), tensor(new[] { 2f, 0 }, [2, 1]), statistics);

        AssertClose([2.25, -1.75], found);
        AssertClose([1], statistics[2].Value);
    }

    /// <summary>
    /// The batch 1, 3 has the mean 2 and the variance 1. The moving mean takes over 1 % of 2, and the moving variance 1 % of 2, the
    /// variance without bias.
    /// </summary>
    [Fact]
    public void Visit_BatchNormInTrainingMode_NormalisesByTheBatchAndMovesTheStatistics()
    {
        var statistics = Statistics(scale: 1, shift: 0, mean: 0, variance: 1);
        statistics[0].Value.requires_grad_();
        using var masks = Masks();

        var found = Apply(new BatchNormalization(), tensor(new[] { 1f, 3 }, [2, 1]), masks, statistics);

        AssertClose([-1 / Math.Sqrt(1.001), 1 / Math.Sqrt(1.001)], found);
        AssertClose([.02], statistics[2].Value);
        AssertClose([1.01], statistics[3].Value);
    }

    [Fact]
    public void Visit_FrozenBatchNormInTrainingMode_KeepsItsStatistics()
    {
        var statistics = Statistics(scale: 1, shift: 0, mean: 1, variance: 3.999f);
        using var masks = Masks();

        var found = Apply(new BatchNormalization(), tensor(new[] { 1f, 3 }, [2, 1]), masks, statistics);

        AssertClose([0, 1], found);
        AssertClose([1], statistics[2].Value);
        AssertClose([3.999], statistics[3].Value);
    }

    /// <summary>
    /// The first convolution reads one channel, and the second reads as many as the first has filters. A multiple of 16 filters suits the
    /// kernels of this project, and 64 channels suit those of libtorch.
    /// </summary>
    [Theory]
    [InlineData(24, new string[0])]
    [InlineData(48, new[] { "conv2d_1.weight" })]
    [InlineData(72, new[] { "conv2d_1.weight" })]
    public void ChannelsLastKernels_Network_AreThoseThatGainByIt(int channels, string[] expected) =>
        Assert.Equal(expected, ForwardPass.ChannelsLastKernels(ModelPlan.Of(Tiny.WithChannels(channels), ClassLabels.Five)));

    private static Tensor Apply(Layer layer, Tensor input, params (string Name, Tensor Value)[] weights) =>
        Apply(layer, input, masks: null, weights);

    private static Tensor Apply(Layer layer, Tensor input, DropoutMasks? masks, params (string Name, Tensor Value)[] weights)
    {
        var shape = new FeatureShape((int)input.shape[1], input.dim() > 2 ? (int)input.shape[3] : null);
        var plan = new LayerPlan("layer", layer, shape, layer.OutputOf(shape)!, [.. layer.WeightsOf("layer", shape)]);
        var byName = weights.ToDictionary(weight => $"layer.{weight.Name}", weight => weight.Value);
        return layer.Accept(new ForwardPass(name => byName[name], masks), plan, input);
    }

    private static (string Name, Tensor Value)[] Statistics(float scale, float shift, float mean, float variance) =>
    [
        ("weight", tensor(new[] { scale })), ("bias", tensor(new[] { shift })),
        ("running_mean", tensor(new[] { mean })), ("running_var", tensor(new[] { variance })),
    ];

    /// <summary>No masks at all, but training mode.</summary>
    private static DropoutMasks Masks() =>
        new(ModelPlan.Of(Tiny.Spec with { Layers = [new Flatten()] }, ClassLabels.Five), batchSize: 2, seed: 1, CPU);

    /// <summary>0, 1, 2 and so on in this shape.</summary>
    private static Tensor Count(params long[] shape) =>
        arange(shape.Aggregate(1L, (product, size) => product * size), dtype: ScalarType.Float32).view(shape);

    private static float[] Values(Tensor values) => values.detach().contiguous().data<float>().ToArray();

    private static void AssertClose(double[] expected, Tensor found) =>
        Assert.All(expected.Zip(Values(found)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
}
