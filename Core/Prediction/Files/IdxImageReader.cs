using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using ServerlessFashion.Data;

namespace ServerlessFashion.Prediction.Files;

/// <summary>
/// Reads the IDX format of MNIST (http://yann.lecun.com/exdb/mnist/): two zero bytes, the type (8: unsigned byte), the
/// number of axes, each axis as a big-endian 32-bit number, then the values. Ids are positions from 0.
/// </summary>
internal static class IdxImageReader
{
    private const int HeaderBytes = 16;

    public static ImageFormat Format { get; } = new("IDX", head => head is [0, 0, >= 8 and <= 14, _, ..], ReadAsync, IsAlsoGzipped: true);

    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        Stream content, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var header = new byte[HeaderBytes];
        var length = await content.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation);
        var images = Images(header.AsSpan(0, length), context);
        await foreach (var batch in RawImageReader.ReadAsync(content, images, context, cancellation))
        {
            yield return batch;
        }
    }

    private static long Images(ReadOnlySpan<byte> header, ReadContext context)
    {
        if (header is not [0, 0, 8, 3, ..])
        {
            throw context.Error(
                $"an IDX file of images begins with the bytes 00000803 (unsigned bytes, 3 axes), found {Convert.ToHexString(header[..4])}");
        }

        if (header.Length < HeaderBytes)
        {
            throw context.Error($"the IDX header is cut off after {header.Length} of {HeaderBytes} bytes");
        }

        var rows = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        var columns = BinaryPrimitives.ReadUInt32BigEndian(header[12..]);
        return rows == LabelledImages.Side && columns == LabelledImages.Side
            ? BinaryPrimitives.ReadUInt32BigEndian(header[4..])
            : throw context.Error($"the images should be 28x28, found {rows}x{columns}");
    }
}
