using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Files;

/// <summary>One file. Messages call it by the name of the source.</summary>
internal sealed class SingleFile(string path, ReadContext context) : SourceFiles(context)
{
    public override IReadOnlyList<string> Paths { get; } = [Path.GetFileName(context.Name)];

    public override ReadContext Part(string path) => Context;

    public override Task<Stream> OpenAsync(string path1, CancellationToken cancellation) =>
        Task.FromResult<Stream>(OpenFile(path, Context));

    public override Task<ReadOnlyMemory<byte>?> ReadPictureAsync(string path1, CancellationToken cancellation) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(null);
}
