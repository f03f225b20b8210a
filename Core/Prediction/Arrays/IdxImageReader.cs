using System.Runtime.CompilerServices;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Arrays;

/// <summary>Streams the images of an IDX file; <see cref="IdxHeader"/> describes the format. Ids are positions from 0.</summary>
internal static class IdxImageReader
{
    private const int Dimensions = 3;

    public static ImageFormat Format { get; } = new("IDX", head => head is [0, 0, >= 8 and <= 14, _, ..], ReadAsync, IsAlsoGzipped: true);

    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        Stream content, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var header = new byte[IdxHeader.Length(Dimensions)];
        var length = await content.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation);
        var images = Images(header.AsSpan(0, length), context);
        await foreach (var batch in RawImageReader.ReadAsync(content, images, context, cancellation))
        {
            yield return batch;
        }
    }

    private static long Images(ReadOnlySpan<byte> header, ReadContext context)
    {
        if (IdxHeader.Magic(header) != IdxHeader.UnsignedBytes(Dimensions))
        {
            throw context.Error(
                $"an IDX file of images begins with the bytes 00000803 (unsigned bytes, 3 axes), found {Convert.ToHexString(header[..4])}");
        }

        if (header.Length < IdxHeader.Length(Dimensions))
        {
            throw context.Error($"the IDX header is cut off after {header.Length} of {IdxHeader.Length(Dimensions)} bytes");
        }

        var sizes = IdxHeader.Sizes(header, Dimensions);
        return sizes is [_, FashionMnist.Side, FashionMnist.Side]
            ? sizes[0]
            : throw context.Error($"the images should be 28x28, found {sizes[1]}x{sizes[2]}");
    }
}
