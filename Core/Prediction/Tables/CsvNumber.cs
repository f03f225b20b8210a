namespace ServerlessFashion.Prediction.Tables;

/// <summary>Whole numbers as programs write them into tables: <c>12</c>, <c>"12"</c>, <c> 12 </c> and <c>12.0</c>.</summary>
internal static class CsvNumber
{
    /// <summary>More digits do not occur in grey values; labels fit as well.</summary>
    private const int MostDigits = 9;

    /// <summary>Reads a field. Its decimals must all be 0.</summary>
    /// <param name="mostDigits">Most digits before the decimal point.</param>
    public static bool TryParse(ReadOnlySpan<byte> field, out int value, int mostDigits = MostDigits)
    {
        var text = CsvFields.Unquoted(field).Trim((byte)' ');
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length : digits;
        var rest = text[digits..];
        value = 0;
        if (digits < 1 || digits > Math.Min(mostDigits, MostDigits) || !(rest.IsEmpty || IsZeroFraction(rest)))
        {
            return false;
        }

        foreach (var digit in text[..digits])
        {
            value = (value * 10) + (digit - '0');
        }

        return true;
    }

    /// <summary>Reads a grey value of one to three digits.</summary>
    public static bool TryParseGrey(ReadOnlySpan<byte> field, out byte grey)
    {
        var isNumber = TryParse(field, out var value, mostDigits: 3);
        grey = (byte)value;
        return isNumber && value <= byte.MaxValue;
    }

    /// <summary>A decimal comma can only occur in a field that ends with something else.</summary>
    private static bool IsZeroFraction(ReadOnlySpan<byte> rest) =>
        rest[0] is (byte)'.' or (byte)',' && !rest[1..].ContainsAnyExcept((byte)'0');
}
