using ServerlessFashion.Phrases;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Files;

/// <summary>The files of a source: those of a folder, the entries of a ZIP, or one file.</summary>
internal abstract class SourceFiles(ReadContext context) : IAsyncDisposable
{
    /// <summary>Limits of a source of this machine. A set may be larger than an upload for prediction.</summary>
    private static readonly ReadOptions Local = ReadOptions.Default with
    {
        MaxDirectoryBytes = 256 << 20,
        MaxEntries = 1_000_000,
        MaxUnpackedBytes = 256L << 30,
    };

    /// <summary>Limits of a source that somebody sent to a server, whose memory and disk others use too.</summary>
    private static readonly ReadOptions Received = ReadOptions.Default with { MaxImages = 1_000_000 };

    /// <summary>Names the source in messages.</summary>
    public ReadContext Context { get; } = context;

    /// <summary>Relative paths with slashes, in their order.</summary>
    public abstract IReadOnlyList<string> Paths { get; }

    /// <summary>Relative paths of folders without files.</summary>
    public virtual IReadOnlyList<string> EmptyFolders => [];

    /// <summary>A file or folder of this machine.</summary>
    /// <param name="shownName">Names it in messages where somebody sent it; null for a source that its owner named by its path.</param>
    /// <exception cref="InvalidInputException">It cannot be read.</exception>
    public static async Task<SourceFiles> OpenAsync(string path, string? shownName, CancellationToken cancellation)
    {
        var context = new ReadContext(shownName ?? path, shownName is null ? Local : Received, _ => { });
        if (Directory.Exists(path))
        {
            return new FolderFiles(path, context);
        }

        var file = OpenFile(path, context);
        try
        {
            var head = new byte[ImageFormat.HeadBytes];
            var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
            file.Position = 0;
            if (ZipImageReader.Format.Matches(head.AsSpan(0, read)))
            {
                return new ZipFiles(file, await ZipContent.OpenAsync(file, context, cancellation), context);
            }
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        await file.DisposeAsync();
        return new SingleFile(path, context);
    }

    /// <summary>The context of one file.</summary>
    public virtual ReadContext Part(string path) => Context.Within(ReadContext.Shown(path));

    /// <summary>The content of a file, from its beginning.</summary>
    public abstract Task<Stream> OpenAsync(string path, CancellationToken cancellation);

    /// <summary>The picture in a file; null if it is another file.</summary>
    /// <exception cref="InvalidInputException">The file should be a picture and is none, or it cannot be read.</exception>
    public abstract Task<ReadOnlyMemory<byte>?> ReadPictureAsync(string path, CancellationToken cancellation);

    /// <summary>The content of a file in a stream that can seek.</summary>
    public async Task<Stream> OpenSeekableAsync(string path, CancellationToken cancellation)
    {
        var content = await OpenAsync(path, cancellation);
        if (content.CanSeek)
        {
            return content;
        }

        await using (content)
        {
            return await ZipImageReader.SpoolAsync(content, Part(path), cancellation);
        }
    }

    /// <summary>The first bytes of a file, and its content without gzip. Both streams must be disposed.</summary>
    public async Task<(ReadOnlyMemory<byte> Head, Stream Content, Stream Packed)> OpenUnpackedAsync(
        string path, CancellationToken cancellation)
    {
        var file = await OpenAsync(path, cancellation);
        var (head, whole) = await PrefixedStream.PeekAsync(file, cancellation);
        if (head.Span is not [0x1f, 0x8b, ..])
        {
            return (head, whole, file);
        }

        var (unpackedHead, unpacked) = await PrefixedStream.PeekAsync(new GzipReader(whole, Part(path)), cancellation);
        return (unpackedHead, unpacked, file);
    }

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected static FileStream OpenFile(string path, ReadContext context)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 128 << 10, useAsync: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw context.Error($"it cannot be read ({FileFailure.Reason(e)})", e);
        }
    }
}
