using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Files;

/// <summary>The files of a folder and the folders in it.</summary>
internal sealed class FolderFiles : SourceFiles
{
    private readonly string _folder;

    public FolderFiles(string folder, ReadContext context) : base(context)
    {
        _folder = folder;
        Paths = [.. PictureFolder.PathsIn(folder, context).Select(Relative)];
        EmptyFolders =
        [
            .. Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)
                .Where(path => !Directory.EnumerateFileSystemEntries(path).Any())
                .Select(Relative).Order(StringComparer.Ordinal),
        ];
    }

    public override IReadOnlyList<string> Paths { get; }

    public override IReadOnlyList<string> EmptyFolders { get; }

    public override Task<Stream> OpenAsync(string path, CancellationToken cancellation) =>
        Task.FromResult<Stream>(OpenFile(Path.Combine(_folder, path), Part(path)));

    public override Task<ReadOnlyMemory<byte>?> ReadPictureAsync(string path, CancellationToken cancellation) =>
        PictureFolder.ReadPictureAsync(Path.Combine(_folder, path), Part(path), cancellation);

    private string Relative(string path) => Path.GetRelativePath(_folder, path).Replace(Path.DirectorySeparatorChar, '/');
}
