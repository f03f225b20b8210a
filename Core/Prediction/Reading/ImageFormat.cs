namespace ServerlessFashion.Prediction.Reading;

/// <summary>Reads all images of a file, in the file's order.</summary>
/// <param name="content">Stands at the beginning of the file.</param>
/// <exception cref="InvalidInputException">Something in the file cannot be used.</exception>
internal delegate IAsyncEnumerable<ImageBatch> ReadImages(PrefixedStream content, ReadContext context, CancellationToken cancellation);

/// <summary>One format of image files. Each reader declares its own; <c>ImageFormats</c> lists them.</summary>
/// <param name="Name">The format in messages.</param>
/// <param name="Matches">
/// Whether a file of this format can begin with these bytes, at most <see cref="HeadBytes"/> of them.
/// </param>
/// <param name="IsAlsoGzipped">Whether gzip may pack the file. Pictures and archives are packed already.</param>
internal sealed record ImageFormat(string Name, Func<ReadOnlySpan<byte>, bool> Matches, ReadImages Read, bool IsAlsoGzipped = false)
{
    /// <summary>Number of bytes that tell the formats apart.</summary>
    public const int HeadBytes = 16;
}
