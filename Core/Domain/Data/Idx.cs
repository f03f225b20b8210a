using System.Globalization;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Data;

/// <summary>Reads whole IDX files of unsigned bytes; <see cref="IdxHeader"/> describes the format.</summary>
internal static class Idx
{
    /// <summary>Reads an array of unsigned bytes of a known shape, and checks that the stream ends after it.</summary>
    /// <param name="content">The uncompressed file.</param>
    /// <param name="shape">The required sizes. They determine the memory use, never the sizes in the header.</param>
    /// <param name="shownName">The file's name in error messages.</param>
    /// <returns>The header bytes of the file, and the values.</returns>
    /// <exception cref="InvalidInputException">
    /// The type, the shape or the length differs. The message names the file, the expected and the found value.
    /// </exception>
    public static (byte[] Header, byte[] Values) ReadUnsignedBytes(Stream content, IReadOnlyList<int> shape, string shownName)
    {
        var header = new byte[IdxHeader.Length(shape.Count)];
        Require(header.Length, Fill(content, header, shownName), "a header", shownName);

        var expectedMagic = IdxHeader.UnsignedBytes(shape.Count);
        var magic = IdxHeader.Magic(header);
        if (magic != expectedMagic)
        {
            throw new InvalidInputException(
                $"{shownName}: expected the IDX magic number 0x{expectedMagic:X8}, found 0x{magic:X8}.");
        }

        var found = IdxHeader.Sizes(header, shape.Count);
        if (!found.SequenceEqual(shape.Select(size => (uint)size)))
        {
            throw new InvalidInputException(
                $"{shownName}: expected {Describe(shape)}, found {Describe(found)}.");
        }

        var values = new byte[shape.Aggregate(1, (product, size) => checked(product * size))];
        Require(values.Length, Fill(content, values, shownName), "values", shownName);
        if (Fill(content, new byte[1], shownName) != 0)
        {
            throw new InvalidInputException($"{shownName}: expected the end after {values.Length} values, found more.");
        }

        return (header, values);
    }

    private static string Describe<T>(IReadOnlyList<T> shape) =>
        shape.Count == 1
            ? Quantity.Of(Convert.ToInt64(shape[0], CultureInfo.InvariantCulture), "label")
            : $"{Quantity.Of(Convert.ToInt64(shape[0], CultureInfo.InvariantCulture), "image")} of {string.Join('x', shape.Skip(1))}";

    private static void Require(int expected, int found, string what, string shownName)
    {
        if (found < expected)
        {
            throw new InvalidInputException($"{shownName}: expected {what} of {expected} bytes, found an end after {found}: the file is "
                + "truncated.");
        }
    }

    private static int Fill(Stream content, Span<byte> buffer, string shownName)
    {
        var filled = 0;
        try
        {
            while (filled < buffer.Length)
            {
                var read = content.Read(buffer[filled..]);
                if (read == 0)
                {
                    break;
                }

                filled += read;
            }

            return filled;
        }
        catch (InvalidDataException e)
        {
            // The framework calls damaged data and a wrong checksum an unsupported compression method.
            throw new InvalidInputException($"{shownName}: expected a whole gzip file, found one that is damaged or truncated.", e);
        }
    }
}
