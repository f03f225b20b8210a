using System.Runtime.CompilerServices;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Arrays;

/// <summary>Streams the images of an IDX file; <see cref="IdxHeader"/> describes the format. Ids are positions from 0.</summary>
internal static class IdxImageReader
{
    private const int GreyDimensions = 3;

    public static ImageFormat Format { get; } = new("IDX", head => head is [0, 0, >= 8 and <= 14, _, ..], ReadAsync, IsAlsoGzipped: true);

    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        Stream content, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var header = new byte[IdxHeader.Length(DimensionsOf(context.Options.Shape))];
        var length = await content.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation);
        var images = Images(header.AsSpan(0, length), context);
        await foreach (var batch in RawImageReader.ReadAsync(content, images, context, cancellation))
        {
            yield return batch;
        }
    }

    private static long Images(ReadOnlySpan<byte> header, ReadContext context)
    {
        var (side, channels) = (context.Options.Shape.Side, context.Options.Shape.Channels);
        var dimensions = DimensionsOf(context.Options.Shape);
        if (IdxHeader.Magic(header) != IdxHeader.UnsignedBytes(dimensions))
        {
            throw context.Error(
                $"an IDX file of images begins with the bytes 0000080{dimensions} (unsigned bytes, {dimensions} axes), found "
                + Convert.ToHexString(header[..4]));
        }

        if (header.Length < IdxHeader.Length(dimensions))
        {
            throw context.Error($"the IDX header is cut off after {header.Length} of {IdxHeader.Length(dimensions)} bytes");
        }

        var sizes = IdxHeader.Sizes(header, dimensions);
        return sizes[1] == side && sizes[2] == side && (dimensions == GreyDimensions || sizes[3] == channels)
            ? sizes[0]
            : throw context.Error(
                $"the images should be {side}x{side}{(dimensions == GreyDimensions ? "" : $"x{channels}")}, found "
                + string.Join('x', sizes.Skip(1)));
    }

    /// <summary>Images, rows, columns, and the channels of colour images.</summary>
    private static int DimensionsOf(ImageShape images) => images.IsColour ? GreyDimensions + 1 : GreyDimensions;
}
