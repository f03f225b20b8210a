using System.Runtime.CompilerServices;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Predictions;
using SkiaSharp;

namespace ServerlessFashion.Prediction.Pictures;

/// <summary>Reads one picture of any size as one image; of an animation, the first frame.</summary>
internal static class PictureReader
{
    public static ImageFormat Format { get; } = new("PNG, JPEG, WebP, GIF, BMP", IsPicture, ReadAsync);

    public static bool IsPicture(ReadOnlySpan<byte> head) => head is
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, ..]
        or [0xff, 0xd8, 0xff, ..]
        or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..]
        or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..]
        or [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..];

    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        Stream content, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var file = await ReadContext.ReadWholeAsync(
            content,
            context.Options.MaxPictureBytes,
            () => context.Error($"the picture has more than {context.Options.MaxPictureBytes} bytes"),
            cancellation);
        var batch = new ImageBatch(1);
        batch.Add(context.Name, Prepare(file.Span, batch.Next.Span, context));
        yield return batch;
    }

    /// <summary>Decodes the picture in <paramref name="file"/> and writes its 784 grey values to <paramref name="image"/>.</summary>
    /// <exception cref="InvalidInputException">The picture is too large, damaged or truncated.</exception>
    public static ImageOrigin Prepare(ReadOnlySpan<byte> file, Span<byte> image, ReadContext context)
    {
        using var bitmap = PictureDecoder.Decode(file, context, out var origin);
        var picture = new RgbaPicture(bitmap.GetPixelSpan(), bitmap.Width, bitmap.Height);
        var isOpaqueGrey = Matte.Apply(bitmap.GetPixelSpan(), picture.IsCutOut);

        var asItIs = context.Options.Pictures == PicturePreparation.Never
            || (context.Options.Pictures == PicturePreparation.Auto && isOpaqueGrey
                && picture is { Width: FashionMnist.Side, Height: FashionMnist.Side });
        if (asItIs)
        {
            Stretch(picture, image);
        }
        else if (!FashionMnistPicture.Prepare(picture, image))
        {
            context.Warn("nothing but background was found; the image is empty.");
        }

        Orient(image, origin);
        return asItIs ? ImageOrigin.Picture : ImageOrigin.PreparedPicture;
    }

    private static void Stretch(RgbaPicture picture, Span<byte> image)
    {
        var stretched = picture.Average(new PixelBox(0, 0, picture.Width, picture.Height), FashionMnist.Side, FashionMnist.Side);
        for (var i = 0; i < image.Length; i++)
        {
            image[i] = (byte)MathF.Round(Luma.Of(stretched[i]));
        }
    }

    /// <summary>Turns the image upright. EXIF gives the displayed position of the first stored row and column.</summary>
    private static void Orient(Span<byte> image, SKEncodedOrigin origin)
    {
        const int Last = FashionMnist.Side - 1;
        Span<byte> stored = stackalloc byte[FashionMnist.PixelsPerImage];
        image.CopyTo(stored);
        for (var y = 0; y < FashionMnist.Side; y++)
        {
            for (var x = 0; x < FashionMnist.Side; x++)
            {
                var (column, row) = origin switch
                {
                    SKEncodedOrigin.TopRight => (Last - x, y),
                    SKEncodedOrigin.BottomRight => (Last - x, Last - y),
                    SKEncodedOrigin.BottomLeft => (x, Last - y),
                    SKEncodedOrigin.LeftTop => (y, x),
                    SKEncodedOrigin.RightTop => (y, Last - x),
                    SKEncodedOrigin.RightBottom => (Last - y, Last - x),
                    SKEncodedOrigin.LeftBottom => (Last - y, x),
                    _ => (x, y),
                };
                image[(y * FashionMnist.Side) + x] = stored[(row * FashionMnist.Side) + column];
            }
        }
    }
}
