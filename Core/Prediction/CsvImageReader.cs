using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using ServerlessFashion.Data;

namespace ServerlessFashion.Prediction;

/// <summary>
/// Reads the competition's CSV: header <c>Id,0,...,783</c> or <c>Id,Label,0,...,783</c>, then one image per line with whole grey
/// values 0..255. A byte-order mark, blank lines, quotes around the header's fields and the ids, and any mix of line ends are
/// accepted. Labels must be whole numbers; they are not used.
/// </summary>
internal static class CsvImageReader
{
    /// <summary>A line of 784 three-digit values takes 3.2 KB.</summary>
    private const int LongestLine = 16 << 10;
    private const int LongestId = 1024;

    /// <summary>Limit for consecutive blank lines. More do not make a table, and gzip packs a billion of them into a megabyte.</summary>
    private const int MostBlankLines = 16 << 10;

    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        Stream content, Reading reading, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = new Rows(new Utf8LineReader(content, LongestLine), reading);
        var images = 0L;
        bool more;
        do
        {
            var batch = reading.NewBatch();
            do
            {
                rows.ReadInto(batch);
                more = batch.IsFull || await rows.FillAsync(cancellation);
            }
            while (more && !batch.IsFull);

            images += batch.Count;
            reading.CheckCount(images);
            if (batch.Count > 0)
            {
                yield return batch;
            }
        }
        while (more);

        rows.CheckEnd(images);
    }

    /// <summary>The parser. It works on the content of the line reader's buffer, so it never waits.</summary>
    private sealed class Rows(Utf8LineReader lines, Reading reading)
    {
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
                    throw reading.Error($"line {lines.LineNumber}: more than {MostBlankLines} blank lines follow one another");
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
                throw reading.Error(_headerRead ? "the file has a header but no rows" : "the file is empty");
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
                throw reading.Error($"line {exception.LineNumber} is longer than {LongestLine} bytes");
            }
        }

        private void ReadHeader(ReadOnlySpan<byte> line)
        {
            if (line.StartsWith(Encoding.UTF8.Preamble))
            {
                line = line[Encoding.UTF8.Preamble.Length..];
            }

            var fields = new FieldReader(line);
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
                throw HeaderError(LabelledImages.PixelsPerImage + (_labelled ? 3 : 2), "the end of the line", Reading.Shown(extra));
            }
        }

        private void ExpectField(ref FieldReader fields, int column, scoped ReadOnlySpan<byte> expected)
        {
            var exists = fields.TryRead(out var found);
            if (!exists || !Unquoted(found).SequenceEqual(expected))
            {
                throw HeaderError(column, Reading.Shown(expected), exists ? Reading.Shown(found) : "the end of the line");
            }
        }

        private InvalidInputException HeaderError(int column, string expected, string found) => reading.Error(
            $"line {lines.LineNumber} should be the header 'Id,0,...,783' or 'Id,Label,0,...,783', "
            + $"but column {column} should be {expected}, found {found}");

        private void ReadRow(ReadOnlySpan<byte> line, ImageBatch batch)
        {
            var fields = new FieldReader(line);
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
        private void ReadGreys(ReadOnlySpan<byte> line, FieldReader fields, Span<byte> pixels)
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
            var fields = new FieldReader(line);
            ReadOnlySpan<byte> found = default;
            for (var i = 0; i <= position; i++)
            {
                if (!fields.TryRead(out found))
                {
                    return ColumnCountError(line);
                }
            }

            return reading.Error($"line {lines.LineNumber}, column '{column}': expected {expected}, found {Reading.Shown(found)}");
        }

        private InvalidInputException ColumnCountError(ReadOnlySpan<byte> line) => reading.Error(
            $"line {lines.LineNumber}: expected {LabelledImages.PixelsPerImage + (_labelled ? 2 : 1)} columns, found {line.Count((byte)',') + 1}");

        private static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> field) =>
            field is [(byte)'"', .. var inner, (byte)'"'] ? inner : field;
    }

    /// <summary>The fields of one line, from left to right.</summary>
    private ref struct FieldReader(ReadOnlySpan<byte> line)
    {
        private readonly ReadOnlySpan<byte> _line = line;
        private int _next;

        /// <summary>Where the next field begins.</summary>
        public readonly int Next => _next;

        /// <summary>Every field has been read.</summary>
        public readonly bool AtEnd => _next > _line.Length;

        public bool TryRead(out ReadOnlySpan<byte> field)
        {
            if (AtEnd)
            {
                field = default;
                return false;
            }

            var rest = _line[_next..];
            var comma = rest.IndexOf((byte)',');
            field = comma < 0 ? rest : rest[..comma];
            _next += field.Length + 1;
            return true;
        }

        /// <summary>Reads a field of one to three digits with a value up to 255.</summary>
        public bool TryReadGrey(out byte grey)
        {
            var value = 0;
            var position = _next;
            var line = _line;
            while ((uint)position < (uint)line.Length && (uint)(line[position] - '0') <= 9 && position - _next < 4)
            {
                value = (value * 10) + (line[position] - '0');
                position++;
            }

            var digits = position - _next;
            var ended = position >= line.Length || line[position] == ',';
            grey = (byte)value;
            _next = position + 1;
            return digits is >= 1 and <= 3 && value <= 255 && ended;
        }
    }
}
