using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace ServerlessFashion.Prediction;

/// <summary>
/// Reads images from a file of any supported format. The content determines the format, not the name: competition CSV, IDX and NPY
/// (each also packed with gzip), PNG, JPEG, and ZIP of PNG and JPEG. The reader streams: <see cref="ReadOptions"/> bounds the
/// memory for any file content.
/// </summary>
public static class ImageFile
{
    /// <summary>Number of bytes that determine the format.</summary>
    private const int HeadBytes = 16;

    /// <summary>The images of <paramref name="content"/> in the file's order.</summary>
    /// <param name="content">
    /// The content, read from its current position. A ZIP in a stream that cannot seek is copied to a temporary file.
    /// </param>
    /// <param name="name">The file's name in error messages, and the id of a single picture.</param>
    /// <param name="options">The preparation of pictures, and limits.</param>
    /// <param name="warn">Receives warnings about readable but suspicious input.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidInputException">
    /// The file is invalid; the message names the line, entry or field. Earlier batches are correct, but the file as a whole is
    /// not.
    /// </exception>
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

    /// <summary>Calls MoveNextAsync and translates the errors of the unpacking libraries.</summary>
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

    /// <summary>True if a file that starts with <paramref name="content"/> counts as CSV. No other format starts like that.</summary>
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

    /// <summary>Returns the first bytes of <paramref name="content"/>, and a stream with the complete content.</summary>
    private static async Task<(ReadOnlyMemory<byte> Head, PrefixedStream Whole)> PeekAsync(Stream content, CancellationToken cancellation)
    {
        var head = new byte[HeadBytes];
        var length = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        var peeked = head.AsMemory(0, length);
        return (peeked, new PrefixedStream(peeked, content));
    }
}
