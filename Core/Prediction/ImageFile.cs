using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace ServerlessFashion.Prediction;

/// <summary>
/// Reads images from a file of any supported format, told by its content and not by its name: competition CSV, IDX and
/// NPY (each also packed with gzip), PNG, JPEG, and ZIP of PNG and JPEG. Streams: memory is bounded by
/// <see cref="ReadOptions"/> whatever the file says of itself.
/// </summary>
public static class ImageFile
{
    /// <summary>Enough of a file to tell its format.</summary>
    private const int HeadBytes = 16;

    /// <summary>The images of <paramref name="content"/> in the file's order.</summary>
    /// <param name="content">Is read from its position on; a ZIP that cannot be sought in is put into a temporary file.</param>
    /// <param name="name">Names the file in errors, and is the id of a single picture.</param>
    /// <param name="options">What to do with pictures, and limits.</param>
    /// <param name="warn">Hears of what can be read but may not be what was meant.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidInputException">Something in the file cannot be used; the message names the line, entry or field.
    /// Batches that came before are right, but the file as a whole is not.</exception>
    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        Stream content,
        string name,
        ReadOptions? options = null,
        Action<string>? warn = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var reading = new Reading(name, options ?? ReadOptions.Default, warn ?? (_ => { }));
        await using var batches = ReadAnyAsync(content, reading, cancellation).GetAsyncEnumerator(cancellation);
        while (await NextAsync(batches, name))
        {
            yield return batches.Current;
        }
    }

    /// <summary>As MoveNextAsync, with the errors of the unpacking libraries in our words.</summary>
    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<ImageBatch> batches, string name)
    {
        try
        {
            return await batches.MoveNextAsync();
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidInputException($"{name}: the packed data is damaged or cut off: {exception.Message.TrimEnd('.')}.", exception);
        }
    }

    private static async IAsyncEnumerable<ImageBatch> ReadAnyAsync(
        Stream content, Reading reading, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (head, whole) = await PeekAsync(content, cancellation);
        await using var rest = whole;
        var batches = Detect(head) switch
        {
            Format.Gzip => ReadGzipAsync(rest, reading, cancellation),
            Format.Zip => ZipImageReader.ReadAsync(rest, reading, cancellation),
            Format.Picture => PictureReader.ReadAsync(rest, reading, cancellation),
            var format => ReadTable(format, head, rest, reading, cancellation),
        };
        await foreach (var batch in batches)
        {
            yield return batch;
        }
    }

    private static async IAsyncEnumerable<ImageBatch> ReadGzipAsync(
        Stream packed, Reading reading, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        var (head, rest) = await PeekAsync(unpacked, cancellation);
        await foreach (var batch in ReadTable(Detect(head), head, rest, reading, cancellation))
        {
            yield return batch;
        }
    }

    private static IAsyncEnumerable<ImageBatch> ReadTable(
        Format format, ReadOnlyMemory<byte> head, Stream content, Reading reading, CancellationToken cancellation) => format switch
        {
            Format.Csv => CsvImageReader.ReadAsync(content, reading, cancellation),
            Format.Idx => IdxImageReader.ReadAsync(content, reading, cancellation),
            Format.Npy => NpyImageReader.ReadAsync(content, reading, cancellation),
            _ when head.IsEmpty => throw reading.Error("the file is empty"),
            _ => throw reading.Error(
                "the format is none of CSV, IDX, NPY (also in gzip), PNG, JPEG, ZIP; "
                + $"the file begins with the bytes {Convert.ToHexString(head.Span)}"),
        };

    /// <summary>Whether a file that begins with <paramref name="content"/> is taken for CSV: so the head of no other format begins.</summary>
    public static bool IsText(ReadOnlySpan<byte> content) =>
        content.StartsWith(Encoding.UTF8.Preamble) || !content[..Math.Min(content.Length, HeadBytes)].ContainsAnyExceptInRange((byte)'\t', (byte)'~');

    private enum Format
    {
        Unknown,
        Csv,
        Idx,
        Npy,
        Gzip,
        Zip,
        Picture,
    }

    private static Format Detect(ReadOnlyMemory<byte> head) => head.Span switch
    {
        [0x1f, 0x8b, ..] => Format.Gzip,
        [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] => Format.Zip,
        [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => Format.Npy,
        [0, 0, >= 8 and <= 14, _, ..] => Format.Idx,
        var bytes when PictureReader.IsPicture(bytes) => Format.Picture,
        { IsEmpty: false } bytes when IsText(bytes) => Format.Csv,
        _ => Format.Unknown,
    };

    /// <summary>The first bytes of <paramref name="content"/>, and a stream that gives the same content from its beginning.</summary>
    private static async Task<(ReadOnlyMemory<byte> Head, PrefixedStream Whole)> PeekAsync(Stream content, CancellationToken cancellation)
    {
        var head = new byte[HeadBytes];
        var length = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        var peeked = head.AsMemory(0, length);
        return (peeked, new PrefixedStream(peeked, content));
    }
}
