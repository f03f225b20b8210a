using System.IO.Compression;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Files;

/// <summary>The entries of a ZIP. Nothing is unpacked to disk.</summary>
internal sealed class ZipFiles : SourceFiles
{
    private readonly Stream _file;
    private readonly ZipContent _content;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];

    /// <exception cref="InvalidInputException">Two entries have the same name.</exception>
    public ZipFiles(Stream file, ZipContent content, ReadContext context) : base(context)
    {
        _file = file;
        _content = content;
        foreach (var entry in content.Entries)
        {
            if (!_entries.TryAdd(entry.FullName.Replace('\\', '/'), entry))
            {
                throw context.Error($"two entries have the name {ReadContext.Shown(entry.FullName)}; pack the files again");
            }
        }

        EmptyFolders = content.EmptyFolders;
        Paths = [.. _entries.Keys.Order(StringComparer.Ordinal)];
    }

    public override IReadOnlyList<string> Paths { get; }

    public override IReadOnlyList<string> EmptyFolders { get; }

    public override Task<Stream> OpenAsync(string path, CancellationToken cancellation) =>
        ZipContent.OpenAsync(_entries[path], Part(path), cancellation);

    public override Task<ReadOnlyMemory<byte>?> ReadPictureAsync(string path, CancellationToken cancellation) =>
        ZipContent.ReadPictureAsync(_entries[path], Part(path), cancellation);

    public override async ValueTask DisposeAsync()
    {
        await _content.DisposeAsync();
        await _file.DisposeAsync();
        await base.DisposeAsync();
    }
}
