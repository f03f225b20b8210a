using static ServerlessFashion.Export.Tests.GraphRun;

namespace ServerlessFashion.Export.Tests;

/// <summary>All expected values are worked by hand from the definitions of the operators.</summary>
public class OnnxOperatorsTests
{
    [Fact]
    public void MaxPool_StrideAndPadding_TakesTheLargestOfEachWindow()
    {
        float[] image = [1, 2, 3, 4, 5, 6, 7, 8, 9];

        Assert.Equal([5f], Of([1, 3, 3], image, (graph, input) => graph.MaxPool(input, "pool", size: 2, stride: 2, padding: 0)));
        Assert.Equal(
            [5f, 6f, 8f, 9f], Of([1, 3, 3], image, (graph, input) => graph.MaxPool(input, "pool", size: 3, stride: 2, padding: 1)));
    }

    /// <summary>Pixel centres at halves: the first is a itself, the next three quarters a and a quarter b.</summary>
    [Fact]
    public void ResizeBilinear_TwoToFour_InterpolatesBetweenPixelCentres() => AssertNear(
        [0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12],
        Of([1, 2, 2], [0, 4, 8, 12], (graph, input) => graph.ResizeBilinear(input, "large", 4)));

    [Fact]
    public void ZeroPadAndRepeatChannels_OnePixel_IsFramedAndTripled() => Assert.Equal(
        [.. Enumerable.Repeat<float[]>([0, 0, 0, 0, 7, 0, 0, 0, 0], 3).SelectMany(channel => channel)],
        Of([1, 1, 1], [7], (graph, input) => graph.RepeatChannels(graph.ZeroPad(input, "pad", 1, 1), "rgb", 3)));

    [Fact]
    public void AppendMirrorImages_TwoImages_FollowInTheBatch() => Assert.Equal(
        [1, 2, 3, 4, 2, 1, 4, 3], Of([1, 1, 2], [1, 2, 3, 4], (graph, input) => graph.AppendMirrorImages(input, "mirror")));

    [Fact]
    public void SplitBatchAndMean_TwoHalves_AreAveragedImageByImage() => Assert.Equal(
        [3, 4, 5, 6],
        Of([2], [1, 2, 3, 4, 5, 6, 7, 8], (graph, input) => graph.MeanOverFirstAxis(graph.SplitBatch(input, "pairs", 2), "mean")));

    [Fact]
    public void PadRows_BeforeAndAfter_AddsTheValueAtTheEnds() => Assert.Equal(
        [9, 1, 2, 9, 9], Of([2], [1, 2], (graph, input) => graph.PadRows(input, "pad", before: 1, after: 2, value: 9)));

    [Fact]
    public void LessOrEqual_BelowAtAndAbove_IsOneUpToTheLimit() => Assert.Equal(
        [1, 1, 0], Of([3], [1, 2, 3], (graph, input) => graph.LessOrEqual(input, graph.Constant("limit", [2], 1), "below")));

    [Fact]
    public void ReduceSum_HeightAndWidth_LeavesTheChannels() => Assert.Equal(
        [10, 26], Of([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8], (graph, input) => graph.ReduceSum(input, "sum", 2, 3)));

    [Fact]
    public void Arithmetic_ConstantsAndValues_IsElementByElement() => AssertNear(
        [2f, 0f], Of([2], [5, 1], (graph, input) => graph.Divide(
            graph.Subtract(graph.Multiply(input, 2, "double"), graph.Constant("two", [2], 1), "less"),
            graph.Add(graph.Multiply(input, 0, "zero"), 4, "four"), "quarter")));
}
