using System.Runtime.CompilerServices;
using ServerlessFashion.Data;
using ServerlessFashion.Phrases;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Arrays;

/// <summary>
/// Reads NumPy's NPY format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): arrays of integers, floats or
/// truth values with shape [N, 784], [N, 28, 28], [N, 1, 28, 28], [N, 28, 28, 1], [28, 28] or [784], whose values are whole grey
/// values 0..255. True counts as 255. Ids are positions from 0. An array in C order is streamed; one in Fortran order is read into
/// memory, at most <see cref="ReadOptions.MaxTransposedBytes"/>.
/// </summary>
internal static class NpyImageReader
{
    public static ImageFormat Format { get; } = new(
        "NPY",
        head => head is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..],
        ReadAsync,
        IsAlsoGzipped: true);

    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        Stream content, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var header = await NpyHeader.ReadAsync(content, ShapesOf(context.Options.Shape), context, cancellation);
        var element = header.Element;
        var (count, isFlat) = ImagesOf(header.Shape, context.Options.Shape)!.Value;
        if (header.IsFortranOrder)
        {
            var greys = await TransposeAsync(content, element, count, isFlat, context, cancellation);
            await using var images = new MemoryStream(greys, writable: false);
            await foreach (var batch in RawImageReader.ReadAsync(images, count, context, cancellation))
            {
                yield return batch;
            }

            yield break;
        }

        Action<long, ReadOnlyMemory<byte>, Memory<byte>>? toGrey = element.IsByte
            ? null
            : (position, values, grey) => ToGrey(element, position, values.Span, grey.Span, context);
        await foreach (var batch in RawImageReader.ReadAsync(content, count, context, cancellation, element.Bytes, toGrey))
        {
            yield return batch;
        }
    }

    /// <summary>
    /// Reads an array in Fortran order. Its axis of images runs fastest, and then the rows of an image before its columns.
    /// </summary>
    /// <returns>The values in C order, image after image.</returns>
    private static async Task<byte[]> TransposeAsync(
        Stream content, NpyElement element, long count, bool isFlat, ReadContext context, CancellationToken cancellation)
    {
        context.CheckCount(count);
        var images = context.Options.Shape;
        if (count * images.Bytes > context.Options.MaxTransposedBytes)
        {
            throw context.Error(
                $"an array in Fortran order may have at most {context.Options.MaxTransposedBytes / images.Bytes} images, "
                + $"found {count}; save it in C order with np.save(file, np.ascontiguousarray(array))");
        }

        var greys = new byte[count * images.Bytes];
        var values = new byte[count * element.Bytes];
        for (var i = 0; i < images.Bytes; i++)
        {
            var read = await content.ReadAtLeastAsync(values, values.Length, throwOnEndOfStream: false, cancellation);
            if (read < values.Length)
            {
                throw context.Error($"the file ends in the values of pixel {i} (counted from 0)");
            }

            var (row, column, channel) = (i % images.Side, i / images.Side % images.Side, i / images.Side / images.Side);
            var pixel = isFlat ? i : (((row * images.Side) + column) * images.Channels) + channel;
            for (var image = 0; image < count; image++)
            {
                var value = values.AsSpan(image * element.Bytes, element.Bytes);
                greys[(image * images.Bytes) + pixel] = Grey(element, value, image, pixel, context);
            }
        }

        return await content.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, cancellation) == 0
            ? greys
            : throw context.Error($"bytes follow the {Quantity.Of(count, "image")} that the header promises");
    }

    /// <summary>The shapes of arrays with images of one shape.</summary>
    private static NpyShapes ShapesOf(ImageShape images) => new(
        images.IsColour
            ? $"[N, {images.Side}, {images.Side}, {images.Channels}] or [N, {images.Bytes}]"
            : $"[N, {images.Side}, {images.Side}] or [N, {images.Bytes}]",
        shape => ImagesOf(shape, images) is not null);

    /// <summary>
    /// The number of images, and whether each has one axis of values; otherwise it has rows, columns and perhaps channels. Null for other
    /// shapes.
    /// </summary>
    private static (long Count, bool IsFlat)? ImagesOf(IReadOnlyList<long> shape, ImageShape images)
    {
        long[] ofOne = images.IsColour ? [images.Side, images.Side, images.Channels] : [images.Side, images.Side];
        return shape switch
        {
            [var values] when values == images.Bytes => (1, true),
            _ when shape.SequenceEqual(ofOne) => (1, false),
            [var count, var values] when values == images.Bytes => (count, true),
            [var count, ..] when Fits([.. shape.Skip(1)]) => (count, false),
            _ => null,
        };

        bool Fits(long[] sizes) => sizes.SequenceEqual(ofOne)
            || (!images.IsColour && (sizes.SequenceEqual([1, .. ofOne]) || sizes.SequenceEqual([.. ofOne, 1])));
    }

    private static void ToGrey(NpyElement element, long position, ReadOnlySpan<byte> values, Span<byte> grey, ReadContext context)
    {
        for (var pixel = 0; pixel < grey.Length; pixel++)
        {
            grey[pixel] = Grey(element, values.Slice(pixel * element.Bytes, element.Bytes), position, pixel, context);
        }
    }

    /// <summary>The grey value of element <paramref name="pixel"/> of an image.</summary>
    /// <exception cref="InvalidInputException">The value is no whole number from 0 to 255.</exception>
    public static byte Grey(NpyElement element, ReadOnlySpan<byte> bytes, long image, int pixel, ReadContext context)
    {
        var value = element.Read(bytes);
        var whole = (byte)Math.Clamp(value, 0, 255);
        return whole == value
            ? whole
            : throw context.Error(
                $"image {image} (counted from 0), pixel {pixel}: expected {GreyValues.Expected}, found {value}{GreyValues.Remedy(value)}");
    }
}
