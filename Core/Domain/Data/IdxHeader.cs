using System.Buffers.Binary;

namespace ServerlessFashion.Data;

/// <summary>
/// The header of an IDX file, the format of the MNIST family (yann.lecun.com/exdb/mnist): a big-endian magic number
/// 0x0000TTDD with the element type TT (0x08 = unsigned byte) and the number of dimensions DD, then one big-endian
/// 32-bit size for each dimension. The values follow it, the last dimension running fastest.
/// </summary>
public static class IdxHeader
{
    private const int UnsignedByte = 0x08;
    private const int FieldLength = 4;

    /// <summary>Bytes of the header of an array with that many dimensions.</summary>
    public static int Length(int dimensions) => FieldLength * (1 + dimensions);

    /// <summary>The magic number of an array of unsigned bytes with that many dimensions.</summary>
    public static int UnsignedBytes(int dimensions) => (UnsignedByte << 8) | dimensions;

    /// <param name="header">At least the first four bytes.</param>
    public static int Magic(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32BigEndian(header);

    /// <summary>The size of each dimension.</summary>
    /// <param name="header">A whole header of that many dimensions.</param>
    public static uint[] Sizes(ReadOnlySpan<byte> header, int dimensions)
    {
        var sizes = new uint[dimensions];
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            sizes[dimension] = BinaryPrimitives.ReadUInt32BigEndian(header[Length(dimension)..]);
        }

        return sizes;
    }
}
