using ServerlessFashion.Data;
using SkiaSharp;

namespace ServerlessFashion.Reporting.Tests;

public sealed class ImagePngTests
{
    [Fact]
    public void Encode_Ramp_ComesBackPixelForPixel()
    {
        byte[] pixels = [.. Enumerable.Range(0, 784).Select(i => (byte)(i % 256))];

        using var bitmap = SKBitmap.Decode(ImagePng.Encode(pixels, ImageShape.FashionMnist));

        Assert.Equal((28, 28), (bitmap.Width, bitmap.Height));
        Assert.Equal(pixels, bitmap.Pixels.Select(pixel => pixel.Red));
    }

    [Fact]
    public void Encode_Colours_ComeBackChannelForChannel()
    {
        using var bitmap = SKBitmap.Decode(
            ImagePng.Encode([255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30], new ImageShape(2, ImageShape.Colour)));

        Assert.Equal(
            [new SKColor(255, 0, 0), new SKColor(0, 255, 0), new SKColor(0, 0, 255), new SKColor(10, 20, 30)], bitmap.Pixels);
    }
}
