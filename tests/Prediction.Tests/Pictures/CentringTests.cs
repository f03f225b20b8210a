using ServerlessFashion.Tests;

namespace ServerlessFashion.Prediction.Tests.Pictures;

/// <summary>How the authors of Fashion-MNIST centred their pictures, which the paper does not say. The preparation follows them.</summary>
public sealed class CentringTests
{
    private const int Side = 28;

    /// <summary>A wider garment is nearly as wide as its picture, and so in the middle in any case.</summary>
    private const int Narrow = 25;

    private const double Middle = (Side - 1) / 2.0;

    [Fact]
    public void TrainingImages_NarrowGarments_HaveTheirBoundingBoxInTheMiddleAndNotTheirMass()
    {
        var columns = PublishedSet.Load().TrainPixels.Chunk(Side * Side).Select(ColumnSums).ToList();
        var narrow = columns.Where(sums => Box(sums) is var (left, right) && right - left + 1 < Narrow).ToList();

        Assert.Equal(35_200, narrow.Count);
        Assert.Equal(35_141, narrow.Count(sums => IsInTheMiddle((Box(sums).Left + Box(sums).Right) / 2.0)));
        Assert.Equal(26_232, narrow.Count(sums => IsInTheMiddle(sums.Select((sum, column) => (double)sum * column).Sum() / sums.Sum())));
    }

    private static int[] ColumnSums(byte[] image) =>
        [.. Enumerable.Range(0, Side).Select(column => Enumerable.Range(0, Side).Sum(row => image[(row * Side) + column]))];

    private static (int Left, int Right) Box(int[] sums) =>
        (Array.FindIndex(sums, sum => sum > 0), Array.FindLastIndex(sums, sum => sum > 0));

    private static bool IsInTheMiddle(double centre) => Math.Abs(centre - Middle) <= .5;
}
