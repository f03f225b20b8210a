using ServerlessFashion.Data;

namespace ServerlessFashion.Reporting.Tests;

public sealed class ImageRowsTests
{
    [Fact]
    public void Of_IdsInAnyOrder_GivesTheirRows()
    {
        var rows = ImageRows.Of(new LabelledImages(new byte[3 * 784], new byte[3], new byte[3], [30, 10, 20]));

        Assert.Equal([1, 2, 0], new[] { 10, 20, 30 }.Select(id => rows[id]));
    }

    /// <summary>
    /// By hand with the cuts 34506, 60652, 80358 and 101960: a dress (offset 0) of 784 * 50 = 39200 lies 4694 above the first; a
    /// trouser (offset -28356) of 784 * 114 = 89376 lies at 61020, 368 above the second.
    /// </summary>
    [Theory]
    [InlineData(50, 3, 4_694)]
    [InlineData(114, 1, 368)]
    [InlineData(0, 3, 34_506)]
    public void CutDistance_Image_IsTheDistanceToTheNearestCut(byte grey, byte garment, int expected)
    {
        var images = new LabelledImages([.. Enumerable.Repeat(grey, 784)], [0], [garment], [0]);

        Assert.Equal(expected, ImageRows.CutDistance(images, 0));
    }
}
