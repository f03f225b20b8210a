using System.Numerics;
using ServerlessFashion.Prediction.Pictures;

namespace ServerlessFashion.Prediction.Tests.Pictures;

public class RgbaPictureTests
{
    // 4 x 2 pixels; red is 10 x + y, green 100 + x, blue 200 + y, alpha a value that must not matter.
    private static readonly byte[] Rgba =
    [
        .. Enumerable.Range(0, 8)
            .SelectMany(i => new[] { (byte)((10 * (i % 4)) + (i / 4)), (byte)(100 + (i % 4)), (byte)(200 + (i / 4)), (byte)i }),
    ];

    [Fact]
    public void Item_Position_IsItsColour() => Assert.Equal((31, 103, 201), new RgbaPicture(Rgba, 4, 2)[3, 1]);

    /// <summary>By hand: the columns 0-1 and 2-3 of both rows have the mean reds (0 + 10 + 1 + 11) / 4 = 5.5 and 25.5.</summary>
    [Fact]
    public void Average_HalfTheSize_IsTheMeanOfTheCoveredPixels()
    {
        var scaled = new RgbaPicture(Rgba, 4, 2).Average(new PixelBox(0, 0, 4, 2), 2, 1);

        Assert.Equal([new Vector3(5.5f, 100.5f, 200.5f), new Vector3(25.5f, 102.5f, 200.5f)], [scaled[0], scaled[1]]);
    }

    /// <summary>By hand: three columns onto two cover 1 and 2 columns.</summary>
    [Fact]
    public void Average_UnevenSizeOfAPart_SharesItsColumns()
    {
        var scaled = new RgbaPicture(Rgba, 4, 2).Average(new PixelBox(1, 1, 3, 1), 2, 1);

        Assert.Equal([11f, 26f], [scaled[0].X, scaled[1].X]);
    }

    [Fact]
    public void Average_LargerSize_RepeatsTheNearestPixels()
    {
        var scaled = new RgbaPicture(Rgba, 4, 2).Average(new PixelBox(2, 0, 2, 1), 4, 2);

        Assert.Equal([20f, 20f, 30f, 30f, 20f, 20f, 30f, 30f], Enumerable.Range(0, 8).Select(i => scaled[i].X));
    }
}
