using System.Globalization;
using System.Text;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Tables;

/// <summary>
/// Reads the header of a table. It has columns of pixels in a row, numbered from 0 or 1 behind one prefix (<c>0</c>, <c>pixel0</c>,
/// <c>pixel1</c>) or by row and column (<c>1x1</c>). Beside them may stand a column of ids, one of labels, and the index that pandas
/// writes without a name. Case, quotes and spaces around names do not matter.
/// </summary>
internal static class CsvHeader
{
    /// <summary>A line with fewer numbers is no row of an image.</summary>
    private const int LeastPixels = 16;

    private static readonly string[] IdNames = ["id", "imageid", "image_id"];
    private static readonly string[] IndexNames = ["", "index", "unnamed: 0"];

    /// <summary>Headers for images of the expected size; without one, those of Fashion-MNIST.</summary>
    private static string Examples(CsvRules rules)
    {
        var pixels = rules.Pixels ?? FashionMnist.PixelsPerImage;
        return string.Create(CultureInfo.InvariantCulture, $"'Id,0,...,{pixels - 1}' or 'label,pixel1,...,pixel{pixels}'");
    }

    /// <exception cref="InvalidInputException">The meaning of a column is not certain. The message names the column.</exception>
    public static CsvLayout Read(ReadOnlySpan<byte> line, long lineNumber, ReadContext context, CsvRules rules)
    {
        var separator = SeparatorOf(line);
        var names = NamesOf(line, separator);
        var (pixels, length, pixelName) = LongestRun(names, rules);
        if (length < (rules.Pixels ?? 1))
        {
            if (AreGreys(names, rules))
            {
                throw context.Error(
                    $"line {lineNumber} holds grey values, but the first line should be a header such as {Examples(rules)}; "
                    + "put one before it");
            }

            var column = pixels + length;
            var found = column < names.Count ? ReadContext.Shown(names[column]) : "the end of the line";
            throw context.Error(
                $"line {lineNumber} should be a header such as {Examples(rules)}, "
                + $"but column {column + 1} should be {ReadContext.Shown(pixelName(length))}, found {found}");
        }

        int? id = null, label = null, index = null;
        for (var column = 0; column < names.Count; column++)
        {
            if (column < pixels || column >= pixels + length)
            {
                ref var place = ref PlaceOf(names[column], rules, ref id, ref label, ref index, out var isKnown);
                if (!isKnown || place is not null)
                {
                    throw context.Error(
                        $"line {lineNumber} should be a header such as {Examples(rules)}, but its column {column + 1} is "
                        + $"{ReadContext.Shown(names[column])}; take out all columns but one Id, one Label and the pixels");
                }

                place = column;
            }
        }

        return new CsvLayout(separator, names, id ?? index, label, pixels, length);
    }

    private static ref int? PlaceOf(string name, CsvRules rules, ref int? id, ref int? label, ref int? index, out bool isKnown)
    {
        isKnown = true;
        if (IdNames.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return ref id;
        }

        if (rules.LabelNames.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return ref label;
        }

        isKnown = IndexNames.Contains(name, StringComparer.OrdinalIgnoreCase);
        return ref index;
    }

    /// <summary>The one of comma, semicolon and tab that occurs most.</summary>
    private static byte SeparatorOf(ReadOnlySpan<byte> line)
    {
        var (commas, semicolons, tabs) = (line.Count((byte)','), line.Count((byte)';'), line.Count((byte)'\t'));
        return semicolons > Math.Max(commas, tabs) ? (byte)';' : tabs > commas ? (byte)'\t' : (byte)',';
    }

    private static List<string> NamesOf(ReadOnlySpan<byte> line, byte separator)
    {
        var names = new List<string>();
        var fields = new CsvFields(line, separator);
        while (fields.TryRead(out var field))
        {
            names.Add(Encoding.UTF8.GetString(CsvFields.Unquoted(field)).Trim());
        }

        return names;
    }

    /// <summary>The longest run of columns with the names of consecutive pixels.</summary>
    /// <returns>Its first column, its length, and the name of each pixel in it. Without any run, the length is 0.</returns>
    private static (int Start, int Length, Func<int, string> Name) LongestRun(List<string> names, CsvRules rules)
    {
        var most = rules.Pixels ?? int.MaxValue;
        var longest = (Start: 0, Length: 0, Name: PixelNames("0", 1)!);
        for (var start = 0; start < names.Count; start++)
        {
            if (PixelNames(names[start], rules.Pixels is null ? WidthAt(names, start) : FashionMnist.Side) is { } nameOf)
            {
                var length = 1;
                while (length < most && start + length < names.Count
                    && names[start + length].Equals(nameOf(length), StringComparison.OrdinalIgnoreCase))
                {
                    length++;
                }

                longest = length > longest.Length ? (start, length, nameOf) : longest;
                start += length - 1;
            }
        }

        return longest;
    }

    /// <summary>The number of columns that are named as pixels of one row, as in <c>1x1,1x2,1x3</c>.</summary>
    private static int WidthAt(List<string> names, int start)
    {
        var row = names[start].Split('x', 'X')[0];
        var width = 1;
        while (names[start].Length > row.Length && start + width < names.Count
            && names[start + width].StartsWith(row + names[start][row.Length], StringComparison.Ordinal))
        {
            width++;
        }

        return width;
    }

    /// <summary>The names of all pixels if <paramref name="first"/> is that of the first one; otherwise null.</summary>
    private static Func<int, string>? PixelNames(string first, int width) => first switch
    {
        "0x0" or "1x1" => pixel => string.Create(
            CultureInfo.InvariantCulture,
            $"{(pixel / width) + first[0] - '0'}x{(pixel % width) + first[0] - '0'}"),
        [.., '0' or '1'] when first.Length == 1 || !char.IsAsciiDigit(first[^2]) => pixel => string.Create(
            CultureInfo.InvariantCulture, $"{first[..^1]}{pixel + first[^1] - '0'}"),
        _ => null,
    };

    /// <summary>Whether a line is a row of values: all but an id and a label in front are grey values.</summary>
    private static bool AreGreys(List<string> names, CsvRules rules) =>
        names.Count >= (rules.Pixels ?? LeastPixels)
        && names.Skip(2).All(name => CsvNumber.TryParseGrey(Encoding.UTF8.GetBytes(name), out _));
}
