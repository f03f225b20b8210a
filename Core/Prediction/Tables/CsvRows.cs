using System.Globalization;
using System.Text;
using System.Text.Unicode;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Tables;

/// <summary>Parses a table of images. It works on the content of the line reader's buffer, so it never waits.</summary>
internal sealed class CsvRows(Utf8LineReader lines, ReadContext context, CsvRules rules)
{
    private const int LongestText = 1024;

    /// <summary>Limit for consecutive blank lines. More do not make a table, and gzip packs a billion of them into a megabyte.</summary>
    private const int MostBlankLines = 16 << 10;

    private int _blankLines;
    private long _images;

    /// <summary>What the columns mean; null until <see cref="TryReadHeader"/> has read the header.</summary>
    public CsvLayout? Layout { get; private set; }

    /// <summary>Number of the last line, counted from 1.</summary>
    public long LineNumber => lines.LineNumber;

    /// <summary>Reads more of the table; false at its end.</summary>
    public ValueTask<bool> FillAsync(CancellationToken cancellation) => lines.FillAsync(cancellation);

    public void ReadInto(ImageBatch batch)
    {
        PixelMemory next = () => batch.Next.Span;
        while (!batch.IsFull && TryReadRow(next, out var row))
        {
            batch.Add(row.Id!);
        }
    }

    /// <summary>Reads the header unless that is done. False if more must be read first.</summary>
    public bool TryReadHeader()
    {
        if (Layout is null && TryReadFilledLine(out var line))
        {
            var mark = Encoding.UTF8.Preamble;
            Layout = CsvHeader.Read(line.StartsWith(mark) ? line[mark.Length..] : line, lines.LineNumber, context, rules);
        }

        return Layout is not null;
    }

    /// <summary>Reads the next row. False if more must be read first, or nothing is left.</summary>
    /// <param name="pixels">Gives the memory for the pixels of the row.</param>
    public bool TryReadRow(PixelMemory pixels, out CsvRow row)
    {
        row = default;
        if (!TryReadHeader() || !TryReadFilledLine(out var line))
        {
            return false;
        }

        row = ReadRow(line, Layout!, pixels());
        _images++;
        return true;
    }

    /// <exception cref="InvalidInputException">The file is empty.</exception>
    public void CheckHeader()
    {
        if (Layout is null)
        {
            throw context.Error("the file is empty");
        }
    }

    /// <exception cref="InvalidInputException">There are no images.</exception>
    public void CheckEnd(long images)
    {
        CheckHeader();
        if (images == 0)
        {
            throw context.Error("the file has a header but no rows");
        }
    }

    private bool TryReadFilledLine(out ReadOnlySpan<byte> line)
    {
        while (TryReadLine(out line))
        {
            if (!line.IsEmpty)
            {
                _blankLines = 0;
                return true;
            }

            if (++_blankLines > MostBlankLines)
            {
                throw context.Error($"line {lines.LineNumber}: more than {MostBlankLines} blank lines follow one another");
            }
        }

        return false;
    }

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        try
        {
            return lines.TryRead(out line);
        }
        catch (LineTooLongException exception)
        {
            throw context.Error($"line {exception.LineNumber} is longer than {rules.LongestLine} bytes");
        }
    }

    private CsvRow ReadRow(ReadOnlySpan<byte> line, CsvLayout layout, Span<byte> pixels)
    {
        var fields = new CsvFields(line, layout.Separator);
        var others = new CsvRow(null, null);
        ReadOthers(line, ref fields, 0, layout.Pixels, layout, ref others);
        if (!layout.PixelsAreLast || pixels.Length % GreyFields.Group != 0 || line.Length > GreyFields.LongestLine
            || !GreyFields.TryRead(line, Math.Min(fields.Next, line.Length), pixels, layout.Separator))
        {
            ReadGreys(line, ref fields, layout, pixels);
            ReadOthers(line, ref fields, layout.PixelsEnd, layout.Names.Count, layout, ref others);
            if (!fields.AtEnd)
            {
                throw ColumnCountError(line, layout);
            }
        }

        return others.Id is null ? others with { Id = _images.ToString(CultureInfo.InvariantCulture) } : others;
    }

    /// <summary>Reads the columns that are no pixels.</summary>
    private void ReadOthers(
        ReadOnlySpan<byte> line, ref CsvFields fields, int start, int end, CsvLayout layout, ref CsvRow others)
    {
        for (var column = start; column < end; column++)
        {
            if (!fields.TryRead(out var field))
            {
                throw ColumnCountError(line, layout);
            }

            if (column == layout.Id)
            {
                others = others with { Id = Text(field, layout.Names[column]) };
            }
            else if (column == layout.Label && !rules.LabelsAreNumbers)
            {
                others = others with { Label = Text(field, layout.Names[column]) };
            }
            else if (column == layout.Label && !CsvNumber.TryParse(field, out _))
            {
                throw FieldError(layout.Names[column], "a whole number", field);
            }
        }
    }

    /// <summary>Field by field, and so able to read other spellings of numbers and to say which field is wrong.</summary>
    private void ReadGreys(ReadOnlySpan<byte> line, ref CsvFields fields, CsvLayout layout, Span<byte> pixels)
    {
        for (var pixel = 0; pixel < pixels.Length; pixel++)
        {
            if (!fields.TryRead(out var field))
            {
                throw ColumnCountError(line, layout);
            }

            if (!CsvNumber.TryParseGrey(field, out pixels[pixel]))
            {
                throw FieldError(layout.Names[layout.Pixels + pixel], GreyValues.Expected, field);
            }
        }
    }

    private string Text(ReadOnlySpan<byte> field, string column)
    {
        var isUsable = Utf8.IsValid(field) && field.Length <= LongestText;
        return isUsable && CsvFields.Text(field) is { Length: > 0 } text && !text.Contains('\0')
            ? text
            : throw FieldError(
                column, $"1 to {LongestText} bytes of UTF-8 without NUL, and without quotes inside unless they are doubled", field);
    }

    private InvalidInputException FieldError(string column, string expected, ReadOnlySpan<byte> found) => context.Error(
        $"line {lines.LineNumber}, column {ReadContext.Shown(column)}: expected {expected}, found {ReadContext.Shown(found)}"
            + GreyValues.Remedy(Encoding.UTF8.GetString(found[..Math.Min(found.Length, LongestText)])));

    private InvalidInputException ColumnCountError(ReadOnlySpan<byte> line, CsvLayout layout) => context.Error(
        $"line {lines.LineNumber}: expected {layout.Names.Count} columns, found {CsvFields.Count(line, layout.Separator)}");
}

/// <summary>What a row says beside its pixels.</summary>
/// <param name="Id">The id, or the position of the row from 0 where the table has no ids.</param>
/// <param name="Label">The label; null where labels are not read.</param>
internal readonly record struct CsvRow(string? Id, string? Label);

/// <summary>Gives the memory for the pixels of one image.</summary>
internal delegate Span<byte> PixelMemory();
