using ServerlessFashion.Prediction.Reading;
using SkiaSharp;

namespace ServerlessFashion.Prediction.Pictures;

/// <summary>
/// Makes square images of pictures without looking at what they show. The whole picture is stretched: each pixel is the mean of the pixels
/// that it covers, or the nearest one. Transparent pixels lie on white.
/// </summary>
internal static class SquarePicture
{
    /// <summary>The size of a picture by its header, as it is displayed; null if the header cannot be read.</summary>
    public static (int Width, int Height, bool IsGrey)? Measure(ReadOnlySpan<byte> file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null)
        {
            return null;
        }

        var origin = PictureDecoder.OriginOf(codec, file);
        var isTurned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop
            or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        return (isTurned ? height : width, isTurned ? width : height, codec.Info.ColorType == SKColorType.Gray8);
    }

    /// <summary>Decodes a picture and writes its image, side x side x channels, row by row.</summary>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <exception cref="InvalidInputException">The picture is too large, damaged or truncated.</exception>
    public static void Prepare(ReadOnlySpan<byte> file, int side, int channels, Span<byte> image, ReadContext context)
    {
        using var bitmap = PictureDecoder.Decode(file, context, out var origin);
        Matte.Apply(bitmap.GetPixelSpan(), isCutOut: false);
        Stretch(new RgbaPicture(bitmap.GetPixelSpan(), bitmap.Width, bitmap.Height), side, channels, image);
        Orient(image, side, channels, origin);
    }

    /// <summary>Writes the image of a decoded picture: grey values by <see cref="Luma"/>, or colours.</summary>
    public static void Stretch(RgbaPicture picture, int side, int channels, Span<byte> image)
    {
        var stretched = picture.Average(new PixelBox(0, 0, picture.Width, picture.Height), side, side);
        for (var i = 0; i < side * side; i++)
        {
            if (channels == 1)
            {
                image[i] = (byte)MathF.Round(Luma.Of(stretched[i]));
                continue;
            }

            for (var channel = 0; channel < channels; channel++)
            {
                image[(i * channels) + channel] = (byte)MathF.Round(stretched[i][channel]);
            }
        }
    }

    /// <summary>Turns a square image upright. EXIF gives the displayed position of the first stored row and column.</summary>
    public static void Orient(Span<byte> image, int side, int channels, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default)
        {
            return;
        }

        var last = side - 1;
        var stored = image[..(side * side * channels)].ToArray();
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (column, row) = origin switch
                {
                    SKEncodedOrigin.TopRight => (last - x, y),
                    SKEncodedOrigin.BottomRight => (last - x, last - y),
                    SKEncodedOrigin.BottomLeft => (x, last - y),
                    SKEncodedOrigin.LeftTop => (y, x),
                    SKEncodedOrigin.RightTop => (y, last - x),
                    SKEncodedOrigin.RightBottom => (last - y, last - x),
                    SKEncodedOrigin.LeftBottom => (last - y, x),
                    _ => (x, y),
                };
                stored.AsSpan(((row * side) + column) * channels, channels).CopyTo(image[(((y * side) + x) * channels)..]);
            }
        }
    }
}
