using System.Runtime.CompilerServices;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Predictions;

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
        var batch = new ImageBatch(1, context.Options.Shape);
        batch.Add(context.Name, Prepare(file.Span, batch.Next.Span, context));
        yield return batch;
    }

    /// <summary>Decodes the picture in <paramref name="file"/> and writes its values to <paramref name="image"/>.</summary>
    /// <exception cref="InvalidInputException">The picture is too large, damaged or truncated.</exception>
    public static ImageOrigin Prepare(ReadOnlySpan<byte> file, Span<byte> image, ReadContext context)
    {
        if (context.Options.Dataset is { } set)
        {
            SquarePicture.Prepare(file, set.Side, set.Channels, image, context);
            return ImageOrigin.PreparedPicture;
        }

        using var bitmap = PictureDecoder.Decode(file, context, out var origin);
        var picture = new RgbaPicture(bitmap.GetPixelSpan(), bitmap.Width, bitmap.Height);
        var isOpaqueGrey = Matte.Apply(bitmap.GetPixelSpan(), picture.IsCutOut);

        var asItIs = context.Options.Pictures == PicturePreparation.Never
            || (context.Options.Pictures == PicturePreparation.Auto && isOpaqueGrey
                && picture is { Width: FashionMnist.Side, Height: FashionMnist.Side });
        if (asItIs)
        {
            SquarePicture.Stretch(picture, FashionMnist.Side, channels: 1, image);
        }
        else if (!FashionMnistPicture.Prepare(picture, image))
        {
            context.Warn("nothing but background was found; the image is empty.");
        }

        SquarePicture.Orient(image, FashionMnist.Side, channels: 1, origin);
        return asItIs ? ImageOrigin.Picture : ImageOrigin.PreparedPicture;
    }
}
