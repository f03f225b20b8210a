using System.Buffers.Binary;

namespace ServerlessFashion.Prediction.Pictures;

/// <summary>
/// What the markers of a JPEG (ITU-T T.81, annex B) say about its decoding. Only a sequential JPEG of one scan is decoded row by row, and
/// so in memory for the result alone; for others the decoder keeps all coefficients.
/// </summary>
/// <param name="IsOneScan">Whether the picture is sequential and one scan holds all its components.</param>
/// <param name="Restarts">Restart markers that the picture should have.</param>
/// <param name="ScanStart">Where the data of the first scan begins.</param>
internal readonly record struct JpegStructure(bool IsOneScan, long Restarts, int ScanStart)
{
    private const byte Marker = 0xff;
    private const byte StartOfScan = 0xda;
    private const byte EndOfImage = 0xd9;
    private const byte RestartInterval = 0xdd;
    private const int BlockSide = 8;

    /// <summary>Whether the file has its end marker.</summary>
    public static bool HasEnd(ReadOnlySpan<byte> file) => file.LastIndexOf([Marker, EndOfImage]) >= 0;

    /// <summary>Reads the markers before the first scan; null if they are damaged or cut off.</summary>
    public static JpegStructure? Of(ReadOnlySpan<byte> file)
    {
        var (isSequential, components, units, interval) = (false, 0, 0L, 0);
        var position = 2;
        while (position + 4 <= file.Length && file[position] == Marker)
        {
            var kind = file[position + 1];
            if (kind == Marker)
            {
                position++;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(position + 2)..]);
            if (length < 2 || position + 2 + length > file.Length)
            {
                break;
            }

            var segment = file.Slice(position + 4, length - 2);
            position += 2 + length;
            if (IsFrame(kind) && segment.Length >= 6 && segment.Length >= 6 + (3 * segment[5]))
            {
                (isSequential, components, units) = (kind is 0xc0 or 0xc1, segment[5], UnitsOf(segment));
            }
            else if (kind == RestartInterval && segment.Length >= 2)
            {
                interval = BinaryPrimitives.ReadUInt16BigEndian(segment);
            }
            else if (kind == StartOfScan && segment.Length >= 1)
            {
                var restarts = interval == 0 ? 0 : Math.Max(0, ((units + interval - 1) / interval) - 1);
                return new JpegStructure(isSequential && components > 0 && segment[0] == components, restarts, position);
            }
        }

        return null;
    }

    /// <summary>Whether the scan has all its restart markers.</summary>
    public bool HasAllRestarts(ReadOnlySpan<byte> file)
    {
        var found = 0L;
        for (var i = ScanStart; i + 1 < file.Length; i++)
        {
            found += file[i] == Marker && file[i + 1] is >= 0xd0 and <= 0xd7 ? 1 : 0;
        }

        return found == Restarts;
    }

    private static bool IsFrame(byte kind) => kind is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc);

    /// <summary>Number of coding units: one of several components covers as many blocks as the largest sampling factors say.</summary>
    private static long UnitsOf(ReadOnlySpan<byte> frame)
    {
        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]));
        var (across, down) = (1, 1);
        for (var component = 0; component < frame[5] && frame[5] > 1; component++)
        {
            var sampling = frame[6 + (3 * component) + 1];
            (across, down) = (Math.Max(across, sampling >> 4), Math.Max(down, sampling & 15));
        }

        return (long)Blocks(width, across) * Blocks(height, down);

        static int Blocks(int size, int factor) => (size + (BlockSide * factor) - 1) / (BlockSide * factor);
    }
}
