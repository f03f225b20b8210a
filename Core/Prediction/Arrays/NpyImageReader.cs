using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Arrays;

/// <summary>
/// Reads NumPy's NPY format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): arrays of integers or
/// floats in C order with shape [N, 784], [N, 28, 28], [N, 1, 28, 28], [N, 28, 28, 1], [28, 28] or [784], whose values are
/// whole grey values 0..255. Ids are positions from 0.
/// </summary>
internal static partial class NpyImageReader
{
    private const int PrefixBytes = 8;
    private const int LongestHeader = 4096;

    public static ImageFormat Format { get; } = new(
        "NPY",
        head => head is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..],
        ReadAsync,
        IsAlsoGzipped: true);

    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        Stream content, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var header = await HeaderAsync(content, context, cancellation);
        var order = FortranOrder().Match(header).Groups[1].Value;
        if (order != "False")
        {
            throw context.Error($"the array should be in C order ('fortran_order': False), found {ReadContext.Shown(order)}");
        }

        var images = Images(Shape().Match(header).Groups[1].Value, context);
        var description = Description().Match(header).Groups[1].Value;
        var element = Element.Of(description) ?? throw context.Error(
            $"the values should be integers or floats (such as '|u1', '<i8', '<f4'), found {ReadContext.Shown(description)}");

        Action<long, ReadOnlyMemory<byte>, Memory<byte>>? toGrey = element.IsByte
            ? null
            : (position, values, grey) => ToGrey(element, position, values.Span, grey.Span, context);
        await foreach (var batch in RawImageReader.ReadAsync(content, images, context, cancellation, element.Bytes, toGrey))
        {
            yield return batch;
        }
    }

    private static async Task<string> HeaderAsync(Stream content, ReadContext context, CancellationToken cancellation)
    {
        var prefix = await ReadAsync(PrefixBytes);
        var lengthBytes = prefix[6] switch
        {
            1 => 2,
            2 or 3 => 4,
            var version => throw context.Error($"the NPY version should be 1, 2 or 3, found {version}"),
        };
        var length = new byte[4];
        (await ReadAsync(lengthBytes)).CopyTo(length, 0);
        var headerBytes = BinaryPrimitives.ReadUInt32LittleEndian(length);
        return headerBytes <= LongestHeader
            ? Encoding.UTF8.GetString(await ReadAsync((int)headerBytes))
            : throw context.Error($"the NPY header has {headerBytes} bytes, more than the {LongestHeader} that are read");

        async Task<byte[]> ReadAsync(int count)
        {
            var bytes = new byte[count];
            var read = await content.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, cancellation);
            return read == count ? bytes : throw context.Error("the NPY header is cut off");
        }
    }

    private static long Images(string shape, ReadContext context)
    {
        var sizes = new List<long>();
        foreach (var size in shape.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            sizes.Add(long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1);
        }

        return sizes switch
        {
            [LabelledImages.PixelsPerImage] or [LabelledImages.Side, LabelledImages.Side] => 1,
            [>= 0 and var images, LabelledImages.PixelsPerImage] => images,
            [>= 0 and var images, LabelledImages.Side, LabelledImages.Side] => images,
            [>= 0 and var images, 1, LabelledImages.Side, LabelledImages.Side] => images,
            [>= 0 and var images, LabelledImages.Side, LabelledImages.Side, 1] => images,
            _ => throw context.Error($"the array should have shape [N, 28, 28] or [N, 784], found {ReadContext.Shown(shape)}"),
        };
    }

    private static void ToGrey(Element element, long position, ReadOnlySpan<byte> values, Span<byte> grey, ReadContext context)
    {
        for (var pixel = 0; pixel < grey.Length; pixel++)
        {
            var value = element.Read(values.Slice(pixel * element.Bytes, element.Bytes));
            var whole = (byte)Math.Clamp(value, 0, 255);
            if (whole != value)
            {
                throw context.Error($"image {position} (counted from 0), pixel {pixel}: expected a whole number 0 to 255, found {value}");
            }

            grey[pixel] = whole;
        }
    }

    [GeneratedRegex("'descr'\\s*:\\s*'([^']*)'")]
    private static partial Regex Description();

    [GeneratedRegex("'fortran_order'\\s*:\\s*(\\w*)")]
    private static partial Regex FortranOrder();

    [GeneratedRegex("'shape'\\s*:\\s*\\(([^)]*)\\)")]
    private static partial Regex Shape();

    /// <summary>The type and byte order of the values in the file.</summary>
    private sealed record Element(char Kind, int Bytes, bool BigEndian)
    {
        public bool IsByte => this is { Kind: 'u', Bytes: 1 };

        public static Element? Of(string description) => description switch
        {
            ['|' or '<' or '>' or '=', 'u' or 'i' or 'f', '1' or '2' or '4' or '8'] and not [_, 'f', '1'] =>
                new Element(description[1], description[2] - '0', description[0] == '>'),
            _ => null,
        };

        /// <summary>The value as a double, exact in the range that matters.</summary>
        public double Read(ReadOnlySpan<byte> bytes)
        {
            Span<byte> little = stackalloc byte[sizeof(ulong)];
            bytes.CopyTo(little);
            if (BigEndian)
            {
                little[..Bytes].Reverse();
            }

            var bits = BinaryPrimitives.ReadUInt64LittleEndian(little);
            return (Kind, Bytes) switch
            {
                ('u', _) => bits,
                ('i', 1) => (sbyte)bits,
                ('i', 2) => (short)bits,
                ('i', 4) => (int)bits,
                ('i', _) => (long)bits,
                ('f', 2) => (double)BitConverter.UInt16BitsToHalf((ushort)bits),
                ('f', 4) => BitConverter.UInt32BitsToSingle((uint)bits),
                _ => BitConverter.UInt64BitsToDouble(bits),
            };
        }
    }
}
