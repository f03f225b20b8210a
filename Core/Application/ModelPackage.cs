using System.IO.Compression;
using ServerlessFashion.Reporting.ModelCards;

namespace ServerlessFashion.Application;

/// <summary>One file of a model package.</summary>
/// <param name="OpenAsync">Opens the content for reading.</param>
public sealed record ModelFile(string Name, Func<CancellationToken, Task<Stream>> OpenAsync);

/// <summary>A model to take away: <c>model.onnx</c>, <c>model.safetensors</c> (not for an ensemble) and its model card.</summary>
/// <param name="files">The files, the model card last.</param>
/// <param name="card">The content of the model card.</param>
/// <param name="source">What the files are read from; it is disposed with the package.</param>
public sealed class ModelPackage(IReadOnlyList<ModelFile> files, string card, IDisposable? source = null) : IDisposable
{
    /// <summary>The name of the model card.</summary>
    public const string CardName = ModelCard.FileName;

    /// <summary><c>RUN/MODEL/seed-N</c>.</summary>
    public string Id { get; } = ModelCardMetadata.FindModelId(card)
        ?? throw new InvalidInputException($"model: the file {CardName} names no model.");

    /// <summary>The files, the model card last: a folder with a model card is complete.</summary>
    public IReadOnlyList<ModelFile> Files { get; } = files;

    /// <summary>A name for a file with the package, such as <c>20260301-142501-9f3ac012-model1-seed-1.zip</c>.</summary>
    public string ZipName => $"{Id.Replace('/', '-')}.zip";

    /// <summary>
    /// All files in a ZIP without compression, because weights hardly compress. The ZIP is a temporary file, which goes when the stream
    /// is disposed: a package may have hundreds of megabytes.
    /// </summary>
    public async Task<Stream> PackAsync(CancellationToken cancellation)
    {
        var packed = TemporaryFile.Create();
        try
        {
            await using (var zip = await ZipArchive.CreateAsync(packed, ZipArchiveMode.Create, leaveOpen: true, null, cancellation))
            {
                foreach (var file in Files)
                {
                    var entry = zip.CreateEntry(file.Name, CompressionLevel.NoCompression);
                    await using var target = await entry.OpenAsync(cancellation);
                    await using var content = await file.OpenAsync(cancellation);
                    await content.CopyToAsync(target, cancellation);
                }
            }

            packed.Position = 0;
            return packed;
        }
        catch
        {
            await packed.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => source?.Dispose();
}
