using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Arrays;

/// <summary>What the header of an NPY file says about its array.</summary>
/// <param name="Images">Number of images, not negative.</param>
/// <param name="IsFortranOrder">Whether the first axis runs fastest, so that the values of one image do not stand together.</param>
/// <param name="IsFlat">Whether each image has one axis of 784 values; otherwise it has two of 28.</param>
internal sealed partial record NpyHeader(NpyElement Element, long Images, bool IsFortranOrder, bool IsFlat)
{
    private const int PrefixBytes = 8;
    private const int LongestHeader = 4096;

    /// <summary>Reads the header. The stream then stands at the first value.</summary>
    /// <exception cref="InvalidInputException">The array is not one of images.</exception>
    public static async Task<NpyHeader> ReadAsync(Stream content, ReadContext context, CancellationToken cancellation)
    {
        var header = await TextAsync(content, context, cancellation);
        var shape = Shape().Match(header);
        var sizes = shape.Success ? Sizes(shape.Groups[1].Value, context) : throw context.Error("the NPY header names no shape");
        var description = Description().Match(header).Groups[1].Value;
        var element = NpyElement.Of(description) ?? throw context.Error(
            $"the values should be integers or floats (such as '|u1', '<i8', '<f4'), found {ReadContext.Shown(description)}; "
            + "save the array with .astype('uint8')");
        var order = FortranOrder().Match(header).Groups[1].Value;
        return order is "True" or "False"
            ? new NpyHeader(element, sizes.Images, order == "True", sizes.IsFlat)
            : throw context.Error($"'fortran_order' should be True or False, found {ReadContext.Shown(order)}");
    }

    private static async Task<string> TextAsync(Stream content, ReadContext context, CancellationToken cancellation)
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

    private static (long Images, bool IsFlat) Sizes(string shape, ReadContext context)
    {
        var sizes = new List<long>();
        foreach (var size in shape.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            sizes.Add(long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1);
        }

        return sizes switch
        {
            [LabelledImages.PixelsPerImage] => (1, true),
            [LabelledImages.Side, LabelledImages.Side] => (1, false),
            [>= 0 and var images, LabelledImages.PixelsPerImage] => (images, true),
            [>= 0 and var images, LabelledImages.Side, LabelledImages.Side] => (images, false),
            [>= 0 and var images, 1, LabelledImages.Side, LabelledImages.Side] => (images, false),
            [>= 0 and var images, LabelledImages.Side, LabelledImages.Side, 1] => (images, false),
            [] => throw context.Error("the array should have shape [N, 28, 28] or [N, 784], found a single value without a shape"),
            _ => throw context.Error($"the array should have shape [N, 28, 28] or [N, 784], found {ReadContext.Shown(shape)}"),
        };
    }

    [GeneratedRegex("'descr'\\s*:\\s*'([^']*)'")]
    private static partial Regex Description();

    [GeneratedRegex("'fortran_order'\\s*:\\s*(\\w*)")]
    private static partial Regex FortranOrder();

    [GeneratedRegex("'shape'\\s*:\\s*\\(([^)]*)\\)")]
    private static partial Regex Shape();
}
