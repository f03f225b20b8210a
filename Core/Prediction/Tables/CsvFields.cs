namespace ServerlessFashion.Prediction.Tables;

/// <summary>The fields of one line, from left to right.</summary>
internal ref struct CsvFields(ReadOnlySpan<byte> line)
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
