using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Arrays;

/// <summary>What the header of an NPY file says about its array.</summary>
/// <param name="Shape">The size of each axis, outermost first; not negative. Empty for a single value.</param>
/// <param name="IsFortranOrder">Whether the first axis runs fastest, so that the values of one image do not stand together.</param>
internal sealed partial record NpyHeader(NpyElement Element, IReadOnlyList<long> Shape, bool IsFortranOrder)
{
    private const int PrefixBytes = 8;
    private const int LongestHeader = 4096;

    /// <summary>Reads the header. The stream then stands at the first value.</summary>
    /// <exception cref="InvalidInputException">It is damaged, has another shape, or values of another type.</exception>
    public static async Task<NpyHeader> ReadAsync(
        Stream content, NpyShapes shapes, ReadContext context, CancellationToken cancellation)
    {
        var header = await TextAsync(content, context, cancellation);
        var found = ShapeText().Match(header);
        var shapeText = found.Success ? found.Groups[1].Value : throw context.Error("the NPY header names no shape");
        var shape = Sizes(shapeText);
        if (shape.Any(size => size < 0) || !shapes.Fit(shape))
        {
            var shown = shape is [] ? "a single value without a shape" : ReadContext.Shown(shapeText);
            var remedy = shapes.RemedyOf?.Invoke(shape) is { } text ? $"; {text}" : "";
            throw context.Error($"the array should have shape {shapes.Expected}, found {shown}{remedy}");
        }

        var description = Description().Match(header).Groups[1].Value;
        var element = NpyElement.Of(description) ?? (shapes.TakeTexts ? NpyElement.OfText(description) : null)
            ?? throw context.Error(
                $"the values should be {(shapes.TakeTexts ? "whole numbers or texts (such as '|u1', '<i8', '<U10')"
                    : "integers or floats (such as '|u1', '<i8', '<f4')")}, found {ReadContext.Shown(description)}; "
                + $"save the array with .astype({(shapes.TakeTexts ? "str" : "'uint8'")})");
        var order = FortranOrder().Match(header).Groups[1].Value;
        return order is "True" or "False"
            ? new NpyHeader(element, shape, order == "True")
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

    /// <summary>The sizes of the axes; -1 for text that is no size.</summary>
    private static List<long> Sizes(string shape)
    {
        var sizes = new List<long>();
        foreach (var size in shape.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            sizes.Add(long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1);
        }

        return sizes;
    }

    [GeneratedRegex("'descr'\\s*:\\s*'([^']*)'")]
    private static partial Regex Description();

    [GeneratedRegex("'fortran_order'\\s*:\\s*(\\w*)")]
    private static partial Regex FortranOrder();

    [GeneratedRegex("'shape'\\s*:\\s*\\(([^)]*)\\)")]
    private static partial Regex ShapeText();
}

/// <summary>The shapes that a reader accepts.</summary>
/// <param name="Expected">Describes them in messages.</param>
/// <param name="Fit">Whether a shape is one of them.</param>
/// <param name="TakeTexts">Whether the values may be texts.</param>
internal sealed record NpyShapes(string Expected, Func<IReadOnlyList<long>, bool> Fit, bool TakeTexts = false)
{
    /// <summary>How to turn an array of another shape into one that fits: the end of a message; null where nothing is known.</summary>
    public Func<IReadOnlyList<long>, string?>? RemedyOf { get; init; }
}
