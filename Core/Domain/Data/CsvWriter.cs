using System.Buffers;
using System.Globalization;
using System.Text;

namespace ServerlessFashion.Data;

/// <summary>
/// Writes rows of CSV (RFC 4180) in UTF-8. Text is quoted only where it holds a comma, a quotation mark or a line break.
/// Numbers are written in the invariant culture and without quotes.
/// </summary>
/// <param name="output">Receives the bytes. The caller sends them on, so that a large file streams.</param>
/// <param name="newLine">Ends each row, the last one too.</param>
public sealed class CsvWriter(IBufferWriter<byte> output, string newLine = "\n")
{
    private const int UsualNumberLength = 32;

    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");

    /// <summary>Each byte as a field with the comma before it: three times as fast as formatting it.</summary>
    private static readonly byte[][] CommaAndByte =
        [.. Enumerable.Range(0, 256).Select(value => Encoding.ASCII.GetBytes($",{value}"))];

    private bool _inRow;

    /// <summary>Adds a field of text to the row.</summary>
    public void Add(string text)
    {
        BeginField();
        var quoted = text.AsSpan().ContainsAny(NeedsQuotes) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
        Encoding.UTF8.GetBytes(quoted, output);
    }

    /// <summary>Adds a field that holds a number to the row.</summary>
    /// <param name="format">A format of the number whose result has no comma; empty for the usual one.</param>
    public void Add<T>(T number, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        BeginField();
        var length = UsualNumberLength;
        int written;
        while (!number.TryFormat(output.GetSpan(length), out written, format, CultureInfo.InvariantCulture))
        {
            length *= 2;
        }

        output.Advance(written);
    }

    /// <summary>Adds a field for each value, in their order.</summary>
    public void AddEach(ReadOnlySpan<byte> values)
    {
        var fields = output.GetSpan((values.Length * 4) + 1);
        var length = 0;
        foreach (var value in values)
        {
            var field = CommaAndByte[value].AsSpan(_inRow ? 0 : 1);
            field.CopyTo(fields[length..]);
            length += field.Length;
            _inRow = true;
        }

        output.Advance(length);
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        Encoding.UTF8.GetBytes(newLine, output);
        _inRow = false;
    }

    private void BeginField()
    {
        if (_inRow)
        {
            output.GetSpan(1)[0] = (byte)',';
            output.Advance(1);
        }

        _inRow = true;
    }
}
