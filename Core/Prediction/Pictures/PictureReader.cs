using System.Runtime.CompilerServices;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Predictions;
using SkiaSharp;

namespace ServerlessFashion.Prediction.Pictures;

/// <summary>Reads one PNG or JPEG of any size as one image.</summary>
internal static class PictureReader
{
    private const int LongestEdge = 32_768;

    public static ImageFormat Format { get; } = new("PNG, JPEG", IsPicture, ReadAsync);

    public static bool IsPicture(ReadOnlySpan<byte> head) => head is
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] or [0xff, 0xd8, 0xff, ..];

    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        Stream content, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var file = await ReadContext.ReadWholeAsync(
            content,
            context.Options.MaxPictureBytes,
            () => context.Error($"the picture has more than {context.Options.MaxPictureBytes} bytes"),
            cancellation);
        var batch = new ImageBatch(1);
        Prepare(file.Span, batch.Next.Span, context);
        batch.Add(context.Name);
        yield return batch;
    }

    /// <summary>Decodes the picture in <paramref name="file"/> and writes its 784 grey values to <paramref name="image"/>.</summary>
    /// <exception cref="InvalidInputException">The picture is too large, damaged or truncated.</exception>
    public static void Prepare(ReadOnlySpan<byte> file, Span<byte> image, ReadContext context)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data) ?? throw context.Error("the picture's header is damaged or cut off");
        using var bitmap = Decode(codec, context);
        OverWhite(bitmap.GetPixelSpan(), out var opaqueGrey);
        var picture = new RgbaPicture(bitmap.GetPixelSpan(), bitmap.Width, bitmap.Height);

        var asItIs = context.Options.Pictures == PicturePreparation.Auto && opaqueGrey
            && picture is { Width: LabelledImages.Side, Height: LabelledImages.Side };
        if (asItIs || context.Options.Pictures == PicturePreparation.Never)
        {
            Stretch(picture, image);
        }
        else if (!FashionMnistPicture.Prepare(picture, image))
        {
            context.Warn($"{context.Name}: nothing but background was found; the image is empty.");
        }

        Orient(image, codec.EncodedOrigin);
    }

    private static SKBitmap Decode(SKCodec codec, ReadContext context)
    {
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width <= 0 || height <= 0 || Math.Max(width, height) > LongestEdge || (long)width * height > context.Options.MaxPicturePixels)
        {
            throw context.Error(
                $"the picture is {width}x{height}; at most {context.Options.MaxPicturePixels} pixels and {LongestEdge} along an edge are "
                    + "read");
        }

        // Without a colour space the values are taken as they are stored.
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result == SKCodecResult.Success)
        {
            return bitmap;
        }

        bitmap.Dispose();
        throw context.Error(result == SKCodecResult.IncompleteInput ? "the picture is cut off" : $"the picture is damaged ({result})");
    }

    /// <summary>Blends transparent pixels with white, and reports whether the whole picture is opaque and grey.</summary>
    private static void OverWhite(Span<byte> rgba, out bool opaqueGrey)
    {
        opaqueGrey = true;
        for (var i = 0; i < rgba.Length; i += 4)
        {
            var alpha = rgba[i + 3];
            if (alpha != 255)
            {
                for (var channel = i; channel < i + 3; channel++)
                {
                    rgba[channel] = (byte)(((rgba[channel] * alpha) + (255 * (255 - alpha)) + 127) / 255);
                }
            }

            opaqueGrey &= alpha == 255 && rgba[i] == rgba[i + 1] && rgba[i] == rgba[i + 2];
        }
    }

    private static void Stretch(RgbaPicture picture, Span<byte> image)
    {
        var stretched = picture.Average(new PixelBox(0, 0, picture.Width, picture.Height), LabelledImages.Side, LabelledImages.Side);
        for (var i = 0; i < image.Length; i++)
        {
            image[i] = (byte)MathF.Round(Luma.Of(stretched[i]));
        }
    }

    /// <summary>Turns the image upright. EXIF gives the displayed position of the first stored row and column.</summary>
    private static void Orient(Span<byte> image, SKEncodedOrigin origin)
    {
        const int Last = LabelledImages.Side - 1;
        Span<byte> stored = stackalloc byte[LabelledImages.PixelsPerImage];
        image.CopyTo(stored);
        for (var y = 0; y < LabelledImages.Side; y++)
        {
            for (var x = 0; x < LabelledImages.Side; x++)
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
                image[(y * LabelledImages.Side) + x] = stored[(row * LabelledImages.Side) + column];
            }
        }
    }
}
