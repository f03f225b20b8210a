using ServerlessFashion.Import.Sources;
using ServerlessFashion.Prediction.Pictures;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Reading;

/// <summary>Makes the images of a data set of those of a source.</summary>
/// <param name="side">Width and height of an image.</param>
/// <param name="channels">1 or 3.</param>
internal sealed class ImagePreparer(int side, int channels)
{
    /// <summary>Width, height and whether it has no colours, by the header of a picture; null if that cannot be read.</summary>
    public static (int Width, int Height, bool IsGrey)? Measure(SourceImage image) =>
        image.Failure is not null ? null
        : image.Picture.IsEmpty ? (image.Width, image.Height, image.Channels == 1)
        : SquarePicture.Measure(image.Picture.Span);

    /// <summary>Writes side x side x channels values.</summary>
    /// <exception cref="InvalidInputException">The picture is too large, damaged or truncated.</exception>
    public void Prepare(SourceImage image, Span<byte> target)
    {
        if (!image.Picture.IsEmpty)
        {
            SquarePicture.Prepare(
                image.Picture.Span, side, channels, target, new ReadContext(image.Name, ReadOptions.Default, _ => { }));
        }
        else if (image.Width == side && image.Height == side && image.Channels == channels)
        {
            image.Pixels.Span.CopyTo(target);
        }
        else
        {
            SquarePicture.Stretch(new RgbaPicture(Rgba(image), image.Width, image.Height), side, channels, target);
        }
    }

    /// <summary>Whether the red, green and blue of every pixel are equal.</summary>
    public static bool IsGrey(ReadOnlySpan<byte> colours)
    {
        for (var i = 0; i < colours.Length; i += 3)
        {
            if (colours[i] != colours[i + 1] || colours[i] != colours[i + 2])
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Rgba(SourceImage image)
    {
        var rgba = new byte[image.Width * image.Height * 4];
        var pixels = image.Pixels.Span;
        for (var i = 0; i < image.Width * image.Height; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                rgba[(i * 4) + channel] = pixels[(i * image.Channels) + (image.Channels == 3 ? channel : 0)];
            }

            rgba[(i * 4) + 3] = byte.MaxValue;
        }

        return rgba;
    }
}
