using ServerlessFashion.Data;
using SkiaSharp;

namespace ServerlessFashion.Reporting;

/// <summary>A 28 x 28 grey image as a PNG file.</summary>
public static class GreyPng
{
    /// <param name="pixels">784 grey values, row by row.</param>
    public static byte[] Encode(ReadOnlySpan<byte> pixels)
    {
        using var image =
            SKImage.FromPixelCopy(new SKImageInfo(FashionMnist.Side, FashionMnist.Side, SKColorType.Gray8, SKAlphaType.Opaque), pixels);
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
