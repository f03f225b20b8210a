using System.Runtime.CompilerServices;
using ServerlessFashion.Prediction.Pictures;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Prediction.Tables;

namespace ServerlessFashion.Prediction.Files;

/// <summary>
/// Reads images from a file of any supported format. The content determines the format, not the name: CSV, IDX and NPY (each also packed
/// with gzip), pictures, ZIP of pictures, and NPZ with one array. The reader streams: <see cref="ReadOptions"/> bounds the
/// memory for any file content.
/// </summary>
public static class ImageFile
{
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
        var context = new ReadContext(name, options ?? ReadOptions.Default, warn ?? (_ => { }));
        await using var batches = ReadAnyAsync(content, context, cancellation).GetAsyncEnumerator(cancellation);
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
            throw new InvalidInputException($"{name}: the packed data is damaged or cut off; pack it again.", exception);
        }
    }

    private static async IAsyncEnumerable<ImageBatch> ReadAnyAsync(
        Stream content, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (head, whole) = await PrefixedStream.PeekAsync(content, cancellation);
        await using var rest = whole;
        var batches = head.Span is [0x1f, 0x8b, ..]
            ? ReadGzipAsync(rest, context, cancellation)
            : ImageFormats.Detect(head, inGzip: false, context).Read(rest, context, cancellation);
        await foreach (var batch in batches)
        {
            yield return batch;
        }
    }

    private static async IAsyncEnumerable<ImageBatch> ReadGzipAsync(
        Stream packed, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var unpacked = new GzipReader(packed, context);
        var (head, rest) = await PrefixedStream.PeekAsync(unpacked, cancellation);
        await foreach (var batch in ImageFormats.Detect(head, inGzip: true, context).Read(rest, context, cancellation))
        {
            yield return batch;
        }
    }

    /// <summary>Number of pixels of a picture by its header; 0 if the header cannot be read.</summary>
    public static long PixelsOfPicture(ReadOnlySpan<byte> content) => PictureDecoder.PixelsOf(content);

    /// <summary>
    /// Whether <see cref="ImageFile"/> reads a file that begins with <paramref name="content"/> as CSV, if no other format matches.
    /// </summary>
    public static bool IsText(ReadOnlySpan<byte> content) => CsvImageReader.Format.Matches(content);
}
