using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ServerlessFashion.Prediction.Tables;

/// <summary>
/// Reads the grey values of a CSV line in bulk, without branches on their content. The lengths of the fields are practically
/// random, and a mispredicted branch for each of 784 fields takes longer than Model 1. The class first finds the ends of all
/// fields, 32 bytes at a time (as simdjson does: Langdale and Lemire 2019, arXiv 1902.08318), and then reads four fields at once.
/// </summary>
internal static class GreyFields
{
    /// <summary>Number of fields that are read at once: as many as always fit into 16 bytes.</summary>
    public const int Group = 4;

    /// <summary>Most bytes of a line.</summary>
    public const int LongestLine = (16 << 10) * 2;

    /// <summary>Number of field ends that are written at once.</summary>
    private const int Chunk = 8;

    /// <summary>
    /// Fills <paramref name="greys"/>, a multiple of four, from the fields that begin at <paramref name="start"/> and end with the
    /// line. Returns false if the number of fields differs, or if a field is not a whole number from 0 to 255 with one to three
    /// digits. The caller then reads the fields one by one to find the error.
    /// </summary>
    /// <param name="line">At most <see cref="LongestLine"/>.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, int start, Span<byte> greys, byte separator = (byte)',')
    {
        // The end of the field before the first one stands first.
        Span<ushort> ends = stackalloc ushort[greys.Length + 1 + (2 * Chunk)];
        ends[0] = (ushort)(start - 1);
        return TryFindEnds(line, start, ends[1..], greys.Length, separator) && TryReadAll(line, ends[..(greys.Length + 1)], greys);
    }

    // Optimised at once: compiled as usual, the first lines would take six times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryFindEnds(ReadOnlySpan<byte> line, int start, Span<ushort> ends, int expected, byte separator)
    {
        var separators = Vector256.Create(separator);
        var found = 0;
        var position = start;
        for (; position + Vector256<byte>.Count <= line.Length; position += Vector256<byte>.Count)
        {
            var part = Vector256.Create(line.Slice(position, Vector256<byte>.Count));
            var mask = Vector256.Equals(part, separators).ExtractMostSignificantBits();
            var count = BitOperations.PopCount(mask);
            if (count > 2 * Chunk || found + count > expected)
            {
                return false;
            }

            // A fixed number, so no branch depends on the actual number; surplus entries are overwritten.
            for (var chunk = 0; chunk < count; chunk += Chunk)
            {
                foreach (ref var end in ends.Slice(found + chunk, Chunk))
                {
                    end = (ushort)(position + BitOperations.TrailingZeroCount(mask));
                    mask &= mask - 1;
                }
            }

            found += count;
        }

        for (; position < line.Length; position++)
        {
            if (line[position] == separator)
            {
                if (found == expected)
                {
                    return false;
                }

                ends[found++] = (ushort)position;
            }
        }

        ends[found] = (ushort)line.Length;
        return found + 1 == expected;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadAll(ReadOnlySpan<byte> line, ReadOnlySpan<ushort> ends, Span<byte> greys)
    {
        // The last group ends with the line: it is read from a copy with room behind it.
        Span<byte> tail = stackalloc byte[2 * Vector128<byte>.Count];
        var wrong = Vector128<uint>.Zero;
        for (var field = 0; field < greys.Length; field += Group)
        {
            var start = ends[field] + 1;
            scoped ReadOnlySpan<byte> text = line[Math.Min(start, line.Length)..];
            if (text.Length < Vector128<byte>.Count)
            {
                text.CopyTo(tail);
                text = tail;
            }

            wrong |= Read(text, start, ends.Slice(field, Group + 1), greys.Slice(field, Group));
        }

        return wrong == Vector128<uint>.Zero;
    }

    /// <summary>Reads four fields. The result is zero if they are valid.</summary>
    /// <param name="text">Starts with the first field.</param>
    /// <param name="start">Position of the first field in the line.</param>
    /// <param name="ends">Positions in the line where the preceding field and these fields end.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Read(scoped ReadOnlySpan<byte> text, int start, ReadOnlySpan<ushort> ends, Span<byte> greys)
    {
        var before = Widen(ends);
        var end = Widen(ends[1..]);
        var digits = end - before - Vector128<uint>.One;

        // The bytes of each field's 32 bits are ones, tens, hundreds and 0; bytes of other fields are masked out.
        var byteOfEnd = ((end - Vector128.Create((uint)start)) * 0x01010101u).AsByte();
        var indices = byteOfEnd - Vector128.Create(0x04030201u).AsByte();
        var mask = Vector128.GreaterThan((digits * 0x01010101u).AsByte(), Vector128.Create(0x03020100u).AsByte());
        var values =
            (Vector128.ShuffleNative(Vector128.Create(text[..Vector128<byte>.Count]), indices) - Vector128.Create((byte)'0')) & mask;

        var number = values.AsUInt32();
        var grey = (number & Vector128.Create(0xffu)) + (((number >> 8) & Vector128.Create(0xffu)) * 10u) + ((number >> 16) * 100u);
        MemoryMarshal.Write(greys, Vector128.ShuffleNative(grey.AsByte(), Vector128.Create(0x0c080400u).AsByte()).AsUInt32().ToScalar());

        // With all digits 0 to 9, a number is greater than 255 just when its bytes are greater than those of 255.
        return Vector128.GreaterThan(digits - Vector128<uint>.One, Vector128.Create(2u))
            | Vector128.GreaterThan(values, Vector128.Create((byte)9)).AsUInt32()
            | Vector128.GreaterThan(number, Vector128.Create(0x020505u));
    }

    private static Vector128<uint> Widen(ReadOnlySpan<ushort> ends) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(ends))).AsUInt16());
}
