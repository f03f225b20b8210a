using System.Buffers.Binary;
using SkiaSharp;

namespace ServerlessFashion.Prediction.Pictures;

/// <summary>
/// Reads the orientation of a PNG from its <c>eXIf</c> chunk (https://www.w3.org/TR/png-3/#eXIf), which the decoder does not look at. The
/// chunk holds a TIFF header and a directory of fields, one of them the orientation.
/// </summary>
internal static class PngOrientation
{
    private const int SignatureBytes = 8;
    private const int ChunkHeaderBytes = 8;
    private const int ChunkOverhead = 12;
    private const int TiffHeaderBytes = 8;
    private const int FieldBytes = 12;
    private const int OrientationTag = 0x0112;
    private const int ShortType = 3;

    /// <summary>The orientation of the PNG in <paramref name="file"/>; upright if it has none or it is damaged.</summary>
    public static SKEncodedOrigin Of(ReadOnlySpan<byte> file)
    {
        var rest = file[Math.Min(SignatureBytes, file.Length)..];
        while (rest.Length >= ChunkOverhead)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkOverhead)
            {
                break;
            }

            if (rest[4..ChunkHeaderBytes].SequenceEqual("eXIf"u8))
            {
                return OfExif(rest.Slice(ChunkHeaderBytes, (int)length));
            }

            rest = rest[(int)(ChunkOverhead + length)..];
        }

        return SKEncodedOrigin.TopLeft;
    }

    private static SKEncodedOrigin OfExif(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < TiffHeaderBytes || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8)))
        {
            return SKEncodedOrigin.TopLeft;
        }

        var isLittle = tiff[0] == 'I';
        var directory = Read4(tiff[4..], isLittle);
        if (directory > tiff.Length - 2)
        {
            return SKEncodedOrigin.TopLeft;
        }

        var fields = Read2(tiff[(int)directory..], isLittle);
        var rest = tiff[((int)directory + 2)..];
        for (var field = 0; field < fields && rest.Length >= FieldBytes; field++)
        {
            // A field has a tag, a type, a count and, for a short, its value.
            var value = Read2(rest[8..], isLittle);
            if (Read2(rest, isLittle) == OrientationTag && Read2(rest[2..], isLittle) == ShortType && value is >= 1 and <= 8)
            {
                return (SKEncodedOrigin)value;
            }

            rest = rest[FieldBytes..];
        }

        return SKEncodedOrigin.TopLeft;
    }

    private static ushort Read2(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Read4(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
