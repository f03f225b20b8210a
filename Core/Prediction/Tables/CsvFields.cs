using System.Text;

namespace ServerlessFashion.Prediction.Tables;

/// <summary>The fields of one line, from left to right. A field in quotes may hold the separator, and <c>""</c> for a quote.</summary>
internal ref struct CsvFields(ReadOnlySpan<byte> line, byte separator = (byte)',')
{
    private const byte Quote = (byte)'"';

    private readonly ReadOnlySpan<byte> _line = line;
    private readonly byte _separator = separator;
    private int _next;

    /// <summary>Where the next field begins.</summary>
    public readonly int Next => _next;

    /// <summary>Every field has been read.</summary>
    public readonly bool AtEnd => _next > _line.Length;

    /// <summary>Counts the fields of a line.</summary>
    public static int Count(ReadOnlySpan<byte> line, byte separator)
    {
        var fields = new CsvFields(line, separator);
        var count = 0;
        while (fields.TryRead(out _))
        {
            count++;
        }

        return count;
    }

    /// <summary>A field without the spaces around it, and then without its quotes. Doubled quotes inside stay doubled.</summary>
    public static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> field)
    {
        var text = field.Trim((byte)' ');
        return text is [Quote, .. var inner, Quote] ? inner : text;
    }

    /// <summary>The text of a field; null if a quote stands where it may not.</summary>
    public static string? Text(ReadOnlySpan<byte> field)
    {
        var inner = Unquoted(field);
        var isQuoted = field.Trim((byte)' ') is [Quote, _, ..];
        var text = Encoding.UTF8.GetString(inner);
        var withoutPairs = text.Replace("\"\"", "", StringComparison.Ordinal);
        return withoutPairs.Contains('"') || (!isQuoted && text.Contains('"'))
            ? null
            : text.Replace("\"\"", "\"", StringComparison.Ordinal);
    }

    /// <summary>Reads the next field with the spaces and quotes around it.</summary>
    public bool TryRead(out ReadOnlySpan<byte> field)
    {
        if (AtEnd)
        {
            field = default;
            return false;
        }

        var rest = _line[_next..];
        var start = QuotedLength(rest);
        var end = rest[start..].IndexOf(_separator);
        field = end < 0 ? rest : rest[..(start + end)];
        _next += field.Length + 1;
        return true;
    }

    /// <summary>Length of the quoted text that <paramref name="rest"/> begins with; 0 if there is none or it does not end.</summary>
    private static int QuotedLength(ReadOnlySpan<byte> rest)
    {
        var start = rest.IndexOfAnyExcept((byte)' ');
        if (start < 0 || rest[start] != Quote)
        {
            return 0;
        }

        for (var i = start + 1; i < rest.Length; i++)
        {
            if (rest[i] != Quote)
            {
                continue;
            }

            if (i + 1 == rest.Length || rest[i + 1] != Quote)
            {
                return i + 1;
            }

            i++;
        }

        return 0;
    }
}
