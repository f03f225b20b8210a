using ServerlessFashion.Data;
using SkiaSharp;

namespace ServerlessFashion.Reporting;

/// <summary>An image of a data set as a PNG file.</summary>
public static class ImagePng
{
    private const int BytesPerColour = 4;

    /// <param name="pixels">The bytes of the image, row by row, the channels of a pixel side by side.</param>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, ImageShape shape)
    {
        var colours = shape.IsColour ? SKColorType.Rgb888x : SKColorType.Gray8;
        using var image = SKImage.FromPixelCopy(
            new SKImageInfo(shape.Side, shape.Side, colours, SKAlphaType.Opaque), shape.IsColour ? FourBytes(pixels) : pixels);
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Red, green, blue and an unused byte for each pixel.</summary>
    private static byte[] FourBytes(ReadOnlySpan<byte> pixels)
    {
        var padded = new byte[pixels.Length / ImageShape.Colour * BytesPerColour];
        for (var pixel = 0; pixel < pixels.Length / ImageShape.Colour; pixel++)
        {
            pixels.Slice(pixel * ImageShape.Colour, ImageShape.Colour).CopyTo(padded.AsSpan(pixel * BytesPerColour));
        }

        return padded;
    }
}
