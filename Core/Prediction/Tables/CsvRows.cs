using System.Text;
using System.Text.Unicode;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Tables;

/// <summary>Parses competition CSV. It works on the content of the line reader's buffer, so it never waits.</summary>
internal sealed class CsvRows(Utf8LineReader lines, ReadContext context)
{
    /// <summary>A line of 784 three-digit values takes 3.2 KB.</summary>
    public const int LongestLine = 16 << 10;

    private const int LongestId = 1024;

    /// <summary>Limit for consecutive blank lines. More do not make a table, and gzip packs a billion of them into a megabyte.</summary>
    private const int MostBlankLines = 16 << 10;

    private bool _headerRead;
    private bool _labelled;
    private int _blankLines;

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

            if (_headerRead)
            {
                ReadRow(line, batch);
            }
            else
            {
                ReadHeader(line);
                _headerRead = true;
            }
        }
    }

    public void CheckEnd(long images)
    {
        if (images == 0)
        {
            throw context.Error(_headerRead ? "the file has a header but no rows" : "the file is empty");
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

    private void ReadHeader(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith(Encoding.UTF8.Preamble))
        {
            line = line[Encoding.UTF8.Preamble.Length..];
        }

        var fields = new CsvFields(line);
        ExpectField(ref fields, 1, "Id"u8);
        var afterId = fields;
        _labelled = afterId.TryRead(out var second) && Unquoted(second).SequenceEqual("Label"u8);
        if (_labelled)
        {
            fields = afterId;
        }

        Span<byte> name = stackalloc byte[3];
        for (var pixel = 0; pixel < LabelledImages.PixelsPerImage; pixel++)
        {
            pixel.TryFormat(name, out var length);
            ExpectField(ref fields, pixel + (_labelled ? 3 : 2), name[..length]);
        }

        if (fields.TryRead(out var extra))
        {
            throw HeaderError(LabelledImages.PixelsPerImage + (_labelled ? 3 : 2), "the end of the line", ReadContext.Shown(extra));
        }
    }

    private void ExpectField(ref CsvFields fields, int column, scoped ReadOnlySpan<byte> expected)
    {
        var exists = fields.TryRead(out var found);
        if (!exists || !Unquoted(found).SequenceEqual(expected))
        {
            throw HeaderError(column, ReadContext.Shown(expected), exists ? ReadContext.Shown(found) : "the end of the line");
        }
    }

    private InvalidInputException HeaderError(int column, string expected, string found) => context.Error(
        $"line {lines.LineNumber} should be the header 'Id,0,...,783' or 'Id,Label,0,...,783', "
        + $"but column {column} should be {expected}, found {found}");

    private void ReadRow(ReadOnlySpan<byte> line, ImageBatch batch)
    {
        var fields = new CsvFields(line);
        fields.TryRead(out var id);
        if (_labelled && (!fields.TryRead(out var label) || label.IsEmpty || label.ContainsAnyExceptInRange((byte)'0', (byte)'9')))
        {
            throw RowError(line, "Label", "a whole number");
        }

        var pixels = batch.Next.Span;
        if (!GreyFields.TryRead(line, fields.Next, pixels))
        {
            ReadGreys(line, fields, pixels);
        }

        batch.Add(Id(line, Unquoted(id)));
    }

    /// <summary>Field by field, and so able to say which one is wrong.</summary>
    private void ReadGreys(ReadOnlySpan<byte> line, CsvFields fields, Span<byte> pixels)
    {
        for (var pixel = 0; pixel < pixels.Length; pixel++)
        {
            if (!fields.TryReadGrey(out pixels[pixel]))
            {
                throw RowError(line, $"{pixel}", "a whole number 0 to 255");
            }
        }

        if (!fields.AtEnd)
        {
            throw ColumnCountError(line);
        }
    }

    private string Id(ReadOnlySpan<byte> line, ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty || id.Length > LongestId || !Utf8.IsValid(id) || id.Contains((byte)'"'))
        {
            throw RowError(line, "Id", $"1 to {LongestId} bytes of UTF-8 without quotes");
        }

        return Encoding.UTF8.GetString(id);
    }

    /// <summary>Says what is wrong with column <paramref name="column"/>, or that the line has too few of them.</summary>
    private InvalidInputException RowError(ReadOnlySpan<byte> line, string column, string expected)
    {
        var position = column switch
        {
            "Id" => 0,
            "Label" => 1,
            _ => int.Parse(column) + (_labelled ? 2 : 1),
        };
        var fields = new CsvFields(line);
        ReadOnlySpan<byte> found = default;
        for (var i = 0; i <= position; i++)
        {
            if (!fields.TryRead(out found))
            {
                return ColumnCountError(line);
            }
        }

        return context.Error($"line {lines.LineNumber}, column '{column}': expected {expected}, found {ReadContext.Shown(found)}");
    }

    private InvalidInputException ColumnCountError(ReadOnlySpan<byte> line) => context.Error(
        $"line {lines.LineNumber}: expected {LabelledImages.PixelsPerImage + (_labelled ? 2 : 1)} columns, found "
            + $"{line.Count((byte)',') + 1}");

    private static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> field) =>
        field is [(byte)'"', .. var inner, (byte)'"'] ? inner : field;
}
