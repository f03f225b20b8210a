using System.Buffers;
using System.Globalization;
using ServerlessFashion.Data;

namespace ServerlessFashion.Prediction.Classification;

/// <summary>
/// Writes predictions as CSV in UTF-8: <c>Id,Label,P0,...</c>, with a line feed after each row. Probabilities have six decimals. An id that
/// a spreadsheet would take for a formula gets an apostrophe in front (<see cref="SafeId"/>).
/// </summary>
internal sealed class PredictionRows : IPredictionWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly CsvWriter _rows;
    private readonly Stream _csv;
    private readonly int _classes;
    private bool _hasHeader;

    public PredictionRows(Stream csv, int classes)
    {
        _csv = csv;
        _classes = classes;
        _rows = new CsvWriter(_buffer);
    }

    /// <summary>Writes the rows of some images, and before the first ones the header: an input that fails earlier writes nothing.</summary>
    public Task WriteAsync(IReadOnlyList<string> ids, ImagePredictions predictions, CancellationToken cancellation)
    {
        AddHeader();
        for (var row = 0; row < ids.Count; row++)
        {
            _rows.Add(SafeId(ids[row]));
            _rows.Add(predictions.Labels[row]);
            foreach (var probability in predictions.ProbabilitiesOf(row))
            {
                _rows.Add(new SixDecimals(probability));
            }

            _rows.EndRow();
        }

        return SendAsync(cancellation);
    }

    /// <summary>Writes the header if there were no images.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        AddHeader();
        await SendAsync(cancellation);
        await _csv.FlushAsync(cancellation);
    }

    private void AddHeader()
    {
        if (_hasHeader)
        {
            return;
        }

        _hasHeader = true;
        _rows.Add("Id");
        _rows.Add("Label");
        for (var label = 0; label < _classes; label++)
        {
            _rows.Add(string.Create(CultureInfo.InvariantCulture, $"P{label}"));
        }

        _rows.EndRow();
    }

    /// <summary>
    /// The id as text for spreadsheets, which calculate what begins with <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a line break
    /// (https://owasp.org/www-community/attacks/CSV_Injection). Plain numbers such as <c>-1</c> stay as they are.
    /// </summary>
    private static string SafeId(string id) =>
        id is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..]
            && !double.TryParse(id, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? $"'{id}"
            : id;

    private async Task SendAsync(CancellationToken cancellation)
    {
        await _csv.WriteAsync(_buffer.WrittenMemory, cancellation);
        _buffer.ResetWrittenCount();
    }

    /// <summary>Formats a non-negative number from a whole number of millionths, which is five times as fast as the format F6.</summary>
    private readonly struct SixDecimals(float number) : IUtf8SpanFormattable
    {
        private const uint Million = 1_000_000;
        private const int DecimalsLength = 7;

        public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        {
            var (ones, millionths) = Math.DivRem((uint)Math.Round(number * (double)Million), Million);
            if (!ones.TryFormat(utf8Destination, out bytesWritten, default, provider)
                || utf8Destination.Length < bytesWritten + DecimalsLength)
            {
                bytesWritten = 0;
                return false;
            }

            utf8Destination[bytesWritten++] = (byte)'.';
            millionths.TryFormat(utf8Destination[bytesWritten..], out var written, "D6", provider);
            bytesWritten += written;
            return true;
        }
    }
}
