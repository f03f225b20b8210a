using ServerlessFashion.Models;
using static ServerlessFashion.Export.Tests.GraphRun;

namespace ServerlessFashion.Export.Tests;

/// <summary>All expected values are worked by hand for small layers; whole models meet PyTorch in <see cref="OnnxModelTests"/>.</summary>
public class LayerGraphTests
{
    private static readonly float[] Counted = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    /// <summary>
    /// A kernel of ones sums its window: the whole image without padding, 1 + 2 + 4 + 5 at the corner with it; the bias is -20.
    /// </summary>
    [Fact]
    public void Conv2D_KernelOfOnes_SumsItsWindowAndClipsBelowZero()
    {
        Assert.Equal([25f], Run(new Conv2D(1, 3, Padding.Valid), [1, 3, 3], Counted));
        Assert.Equal([0, 1, 0, 7, 25, 13, 4, 19, 8], Run(new Conv2D(1, 3, Padding.Same), [1, 3, 3], Counted));
        Assert.Equal([-8, -4, 4, 8], Run(new Conv2D(1, 3, Padding.Same, Activation.Linear) { Stride = 2 }, [1, 3, 3], Counted));

        static float[] Run(Conv2D layer, int[] shape, float[] values) => LayerGraphTests.Run(layer, shape, values, new()
        {
            ["layer.weight"] = new([1, 1, 3, 3], [.. Enumerable.Repeat(1f, 9)]),
            ["layer.bias"] = new([1], [-20]),
        });
    }

    /// <summary>(x - 2) / sqrt(.999 + .001) * 3 + 1 with Keras's epsilon .001.</summary>
    [Fact]
    public void BatchNormalization_MovingStatistics_AreUsedWithKerassEpsilon() => AssertNear(
        [-2, 1, 4], Run(new BatchNormalization(), [1, 1, 3], [1, 2, 3], new()
        {
            ["layer.weight"] = new([1], [3]),
            ["layer.bias"] = new([1], [1]),
            ["layer.running_mean"] = new([1], [2]),
            ["layer.running_var"] = new([1], [.999f]),
        }));

    /// <summary>Rows (1, 2) and (-1, 1) of the kernel times (3, 4), plus the biases: 11 + 1 and 1 - 2, which the ReLU clips.</summary>
    [Fact]
    public void Dense_TwoUnits_IsTheMatrixProduct()
    {
        Dictionary<string, WeightTensor> weights =
            new() { ["layer.weight"] = new([2, 2], [1, 2, -1, 1]), ["layer.bias"] = new([2], [1, -2]) };

        Assert.Equal([12, 0], Run(new Dense(2), [2], [3, 4], weights));
        Assert.Equal([12, -1], Run(new Dense(2, Activation.Linear), [2], [3, 4], weights));
    }

    [Fact]
    public void GlobalAveragePooling2D_TwoChannels_AreTheirMeans() =>
        Assert.Equal([2.5f, 6.5f], Run(new GlobalAveragePooling2D(), [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]));

    /// <summary>A kernel of ones sums the first channel, and one of minus ones is clipped in the second.</summary>
    [Fact]
    public void DepthwiseConv2D_TwoChannels_HaveKernelsOfTheirOwn() => Assert.Equal(
        [46f, 0], Run(new DepthwiseConv2D(3, Padding.Valid), [2, 3, 3], [.. Counted, .. Counted], new()
        {
            ["layer.weight"] = new([2, 1, 3, 3], [.. Enumerable.Repeat(1f, 9), .. Enumerable.Repeat(-1f, 9)]),
            ["layer.bias"] = new([2], [1, 1]),
        }));

    [Fact]
    public void AveragePooling2D_OddSide_IsTheMeanOfWholeWindows() =>
        Assert.Equal([3f], Run(new AveragePooling2D(2), [1, 3, 3], Counted));

    /// <summary>x + (-2x + 5) without a shortcut's convolution; the ReLU clips 5 - x.</summary>
    [Fact]
    public void ResidualBlock_SameShape_AddsTheInput() => Assert.Equal(
        [4f, 3, 2, 1, 0, 0, 0, 0, 0],
        Run(new ResidualBlock([new Conv2D(1, 1, Padding.Valid, Activation.Linear)]), [1, 3, 3], Counted, new()
        {
            ["layer.conv2d.weight"] = new([1, 1, 1, 1], [-2]),
            ["layer.conv2d.bias"] = new([1], [5]),
        }));

    /// <summary>The largest value 5 of the window, plus 3 times the first pixel, plus 2.</summary>
    [Fact]
    public void ResidualBlock_HalvedSide_AddsTheProjection() => Assert.Equal(
        [5f + 3 + 2], Run(new ResidualBlock([new MaxPool2D(2)]), [1, 2, 2], [1, 2, 4, 5], new()
        {
            ["layer.shortcut.weight"] = new([1, 1, 1, 1], [3]),
            ["layer.shortcut.bias"] = new([1], [2]),
        }));

    [Fact]
    public void MaxPool2D_OddSide_DropsTheBorder() => Assert.Equal([5f], Run(new MaxPool2D(2), [1, 3, 3], Counted));

    [Fact]
    public void Dropout_OutsideTraining_AddsNoNode()
    {
        var graph = new OnnxGraph("part");
        var input = new OnnxValue("images", [3]);

        Assert.Same(input, new LayerGraph(graph, input, place => place.Name).Visit(new Dropout(.5), Plan(new Dropout(.5), [3]), input));
        Assert.Empty(graph.Build().Node);
    }

    private static float[] Run(Layer layer, int[] shape, float[] values, Dictionary<string, WeightTensor>? weights = null) => Of(
        shape, values, (graph, input) =>
            layer.Accept(new LayerGraph(graph, input, place => place.Name), Plan(layer, shape), input), weights);

    private static LayerPlan Plan(Layer layer, int[] shape)
    {
        var input = new FeatureShape(shape[0], shape.Length == 3 ? shape[1] : null);
        return new LayerPlan("layer", layer, input, layer.OutputOf(input)!, []);
    }
}
