using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ServerlessFashion.Prediction.Arrays;

/// <summary>The type and byte order of the values in an NPY file.</summary>
internal sealed record NpyElement(char Kind, int Bytes, bool BigEndian)
{
    /// <summary>The grey value of a true value: a mask is white on black.</summary>
    private const int True = 255;

    /// <summary>Longer labels are no names of classes.</summary>
    private const int LongestText = 1024;

    /// <summary>The bytes of a character of NumPy's Unicode texts.</summary>
    private const int CharacterBytes = 4;

    public bool IsByte => this is { Kind: 'u', Bytes: 1 };

    /// <summary>The element that NumPy describes so, such as <c>&lt;f4</c>; null if it is no number and no truth value.</summary>
    public static NpyElement? Of(string description) => description switch
    {
        ['|' or '<' or '>' or '=', 'u' or 'i' or 'f', '1' or '2' or '4' or '8'] and not [_, 'f', '1'] =>
            new NpyElement(description[1], description[2] - '0', description[0] == '>'),
        "|b1" => new NpyElement('b', 1, BigEndian: false),
        _ => null,
    };

    /// <summary>Whether the values are texts.</summary>
    public bool IsText => Kind is 'U' or 'S';

    /// <summary>The element of texts that NumPy describes so, such as <c>&lt;U10</c> or <c>|S10</c>; null if it is none.</summary>
    public static NpyElement? OfText(string description) =>
        description is ['|' or '<' or '>' or '=', 'U' or 'S', .. var length]
        && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var characters) && characters is > 0 and <= LongestText
            ? new NpyElement(description[1], characters * (description[1] == 'U' ? CharacterBytes : 1), description[0] == '>')
            : null;

    /// <summary>The text without the zeros that fill it up.</summary>
    public string ReadText(ReadOnlySpan<byte> bytes)
    {
        var encoding = Kind == 'S' ? Encoding.UTF8 : new UTF32Encoding(BigEndian, byteOrderMark: false);
        return encoding.GetString(bytes).TrimEnd('\0');
    }

    /// <summary>The value as a double, exact in the range that matters.</summary>
    public double Read(ReadOnlySpan<byte> bytes)
    {
        Span<byte> little = stackalloc byte[sizeof(ulong)];
        bytes.CopyTo(little);
        if (BigEndian)
        {
            little[..Bytes].Reverse();
        }

        var bits = BinaryPrimitives.ReadUInt64LittleEndian(little);
        return (Kind, Bytes) switch
        {
            ('b', _) => bits == 0 ? 0 : True,
            ('u', _) => bits,
            ('i', 1) => (sbyte)bits,
            ('i', 2) => (short)bits,
            ('i', 4) => (int)bits,
            ('i', _) => (long)bits,
            ('f', 2) => (double)BitConverter.UInt16BitsToHalf((ushort)bits),
            ('f', 4) => BitConverter.UInt32BitsToSingle((uint)bits),
            _ => BitConverter.UInt64BitsToDouble(bits),
        };
    }
}
