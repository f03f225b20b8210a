using System.Numerics;
using ServerlessFashion.Prediction.Pictures;

namespace ServerlessFashion.Prediction.Tests.Pictures;

public class RgbImageTests
{
    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(-1, 0, 0)]
    [InlineData(5, 5, 3)]
    [InlineData(0, -3, 0)]
    [InlineData(-2, 1, 2)]
    public void At_OutsideThePicture_IsTheNearestPixelOfTheBorder(int x, int y, float expected)
    {
        var image = new RgbImage(2, 2);
        for (var i = 0; i < 4; i++)
        {
            image[i] = new Vector3(i);
        }

        Assert.Equal(expected, image.At(x, y).X);
    }

    /// <summary>ITU-R BT.709: 21.26 % red, 71.52 % green and 7.22 % blue.</summary>
    [Theory]
    [InlineData(255, 0, 0, 54.213f)]
    [InlineData(0, 255, 0, 182.376f)]
    [InlineData(0, 0, 255, 18.411f)]
    [InlineData(255, 255, 255, 255)]
    public void Luma_Colour_HasTheWeightsOfBt709(int red, int green, int blue, float expected) =>
        Assert.Equal(expected, Luma.Of(new Vector3(red, green, blue)), 1e-3f);
}
