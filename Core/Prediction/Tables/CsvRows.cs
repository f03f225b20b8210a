using System.Globalization;
using System.Text;
using System.Text.Unicode;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Tables;

/// <summary>Parses a table of images. It works on the content of the line reader's buffer, so it never waits.</summary>
internal sealed class CsvRows(Utf8LineReader lines, ReadContext context)
{
    /// <summary>A line of 784 three-digit values takes 3.2 KB.</summary>
    public const int LongestLine = 16 << 10;

    private const int LongestId = 1024;

    /// <summary>Limit for consecutive blank lines. More do not make a table, and gzip packs a billion of them into a megabyte.</summary>
    private const int MostBlankLines = 16 << 10;

    private CsvLayout? _layout;
    private int _blankLines;
    private long _images;

    public ValueTask<bool> FillAsync(CancellationToken cancellation) => lines.FillAsync(cancellation);

    public void ReadInto(ImageBatch batch)
    {
        while (!batch.IsFull && TryReadLine(out var line))
        {
            _blankLines = line.IsEmpty ? _blankLines + 1 : 0;
            if (_blankLines > MostBlankLines)
            {
                throw context.Error($"line {lines.LineNumber}: more than {MostBlankLines} blank lines follow one another");
            }

            if (line.IsEmpty)
            {
                continue;
            }

            if (_layout is not null)
            {
                ReadRow(line, _layout, batch);
                _images++;
            }
            else
            {
                var mark = Encoding.UTF8.Preamble;
                _layout = CsvHeader.Read(line.StartsWith(mark) ? line[mark.Length..] : line, lines.LineNumber, context);
            }
        }
    }

    public void CheckEnd(long images)
    {
        if (images == 0)
        {
            throw context.Error(_layout is not null ? "the file has a header but no rows" : "the file is empty");
        }
    }

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        try
        {
            return lines.TryRead(out line);
        }
        catch (LineTooLongException exception)
        {
            throw context.Error($"line {exception.LineNumber} is longer than {LongestLine} bytes");
        }
    }

    private void ReadRow(ReadOnlySpan<byte> line, CsvLayout layout, ImageBatch batch)
    {
        var fields = new CsvFields(line, layout.Separator);
        string? id = null;
        ReadOthers(line, ref fields, 0, layout.Pixels, layout, ref id);
        var pixels = batch.Next.Span;
        if (!layout.PixelsAreLast || !GreyFields.TryRead(line, Math.Min(fields.Next, line.Length), pixels, layout.Separator))
        {
            ReadGreys(line, ref fields, layout, pixels);
            ReadOthers(line, ref fields, layout.PixelsEnd, layout.Names.Count, layout, ref id);
            if (!fields.AtEnd)
            {
                throw ColumnCountError(line, layout);
            }
        }

        batch.Add(id ?? _images.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Reads the columns that are no pixels.</summary>
    private void ReadOthers(
        ReadOnlySpan<byte> line, ref CsvFields fields, int start, int end, CsvLayout layout, ref string? id)
    {
        for (var column = start; column < end; column++)
        {
            if (!fields.TryRead(out var field))
            {
                throw ColumnCountError(line, layout);
            }

            if (column == layout.Id)
            {
                id = Id(field, layout.Names[column]);
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

    private string Id(ReadOnlySpan<byte> field, string column)
    {
        var isUsable = Utf8.IsValid(field) && field.Length <= LongestId;
        return isUsable && CsvFields.Text(field) is { Length: > 0 } id && !id.Contains('\0')
            ? id
            : throw FieldError(
                column, $"1 to {LongestId} bytes of UTF-8 without NUL, and without quotes inside unless they are doubled", field);
    }

    private InvalidInputException FieldError(string column, string expected, ReadOnlySpan<byte> found) => context.Error(
        $"line {lines.LineNumber}, column {ReadContext.Shown(column)}: expected {expected}, found {ReadContext.Shown(found)}"
            + GreyValues.Remedy(Encoding.UTF8.GetString(found[..Math.Min(found.Length, LongestId)])));

    private InvalidInputException ColumnCountError(ReadOnlySpan<byte> line, CsvLayout layout) => context.Error(
        $"line {lines.LineNumber}: expected {layout.Names.Count} columns, found {CsvFields.Count(line, layout.Separator)}");
}
