using SkiaSharp;

namespace ServerlessFashion.Reporting.Tests;

public sealed class GreyPngTests
{
    [Fact]
    public void Encode_Ramp_ComesBackPixelForPixel()
    {
        byte[] pixels = [.. Enumerable.Range(0, 784).Select(i => (byte)(i % 256))];

        using var bitmap = SKBitmap.Decode(GreyPng.Encode(pixels));

        Assert.Equal((28, 28), (bitmap.Width, bitmap.Height));
        Assert.Equal(pixels, bitmap.Pixels.Select(pixel => pixel.Red));
    }
}
