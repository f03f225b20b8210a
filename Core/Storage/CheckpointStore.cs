using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ServerlessFashion.Storage;

/// <summary>Where a training stands: names of the checkpoint blobs of its latest and of its best epoch.</summary>
/// <param name="Epoch">Epochs done, counted over all phases.</param>
/// <param name="Latest">Blob to resume from.</param>
/// <param name="Best">Blob with the weights to evaluate; the same as <paramref name="Latest"/> when the latest epoch is the best.</param>
public sealed record CheckpointPointer(int Epoch, int BestEpoch, string Latest, string Best);

/// <summary>
/// The checkpoints of one training. A commit writes the data under a new name and then replaces the pointer with
/// If-Match: a crash between the two leaves the previous checkpoint in force, and of two writers one is refused.
/// </summary>
public sealed class CheckpointStore(BlobContainerClient runs, string trainingFolder)
{
    private readonly string _folder = trainingFolder + "checkpoints/";
    private ETag? _pointerTag;

    private BlobClient Pointer => runs.GetBlobClient(_folder + "pointer.json");

    /// <summary>The committed pointer; null when no epoch was committed yet.</summary>
    public async Task<CheckpointPointer?> FindAsync(CancellationToken cancellation)
    {
        try
        {
            var content = await Pointer.DownloadContentAsync(cancellation);
            _pointerTag = content.Value.Details.ETag;
            return content.Value.Content.ToObjectFromJson<CheckpointPointer>(Json.Compact);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            _pointerTag = null;
            return null;
        }
    }

    /// <summary>Reads a checkpoint whole: tens to hundreds of megabytes.</summary>
    public async Task<Stream> OpenAsync(string blob, CancellationToken cancellation) =>
        await runs.GetBlobClient(blob).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { BufferSize = 16 << 20 }, cancellation);

    /// <summary>Commits the checkpoint of <paramref name="epoch"/> and removes those that nothing points at any more.</summary>
    /// <exception cref="RequestFailedException">Another process committed since the pointer was read (status 412 or 409).</exception>
    public async Task<CheckpointPointer> CommitAsync(int epoch, bool isBest, Action<Stream> write, CheckpointPointer? previous, CancellationToken cancellation)
    {
        var name = $"{_folder}epoch-{epoch:D4}-{Guid.NewGuid():N}.safetensors";
        await using (var stream = await runs.GetBlobClient(name).OpenWriteAsync(overwrite: true, new BlobOpenWriteOptions { BufferSize = 16 << 20 }, cancellation))
        {
            write(stream);
        }

        var pointer = isBest || previous is null
            ? new CheckpointPointer(epoch, epoch, name, name)
            : new CheckpointPointer(epoch, previous.BestEpoch, name, previous.Best);
        await ReplacePointerAsync(pointer, cancellation);
        await DeleteUnreferencedAsync(pointer, cancellation);
        return pointer;
    }

    private async Task ReplacePointerAsync(CheckpointPointer pointer, CancellationToken cancellation)
    {
        var conditions = _pointerTag is { } tag
            ? new BlobRequestConditions { IfMatch = tag }
            : new BlobRequestConditions { IfNoneMatch = ETag.All };
        var content = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(pointer, Json.Compact));
        var written = await Pointer.UploadAsync(content, new BlobUploadOptions { Conditions = conditions }, cancellation);
        _pointerTag = written.Value.ETag;
    }

    private async Task DeleteUnreferencedAsync(CheckpointPointer pointer, CancellationToken cancellation)
    {
        var options = new GetBlobsOptions { Prefix = _folder + "epoch-" };
        await foreach (var blob in runs.GetBlobsAsync(options, cancellation))
        {
            if (blob.Name != pointer.Latest && blob.Name != pointer.Best)
            {
                await runs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
            }
        }
    }
}
