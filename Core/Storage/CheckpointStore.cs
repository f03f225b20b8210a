using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Storage;

/// <summary>The state of a training: the names of the checkpoint blobs of its latest and its best epoch.</summary>
/// <param name="Epoch">Epochs done, counted over all phases.</param>
/// <param name="Latest">Blob to resume from.</param>
/// <param name="Best">Blob with the weights to evaluate; the same as <paramref name="Latest"/> if the latest epoch is the best.</param>
public sealed record CheckpointPointer(int Epoch, int BestEpoch, string Latest, string Best)
{
    internal bool Names(string blob) => blob == Latest || blob == Best;
}

/// <summary>
/// The checkpoints of one training. A commit writes the data under a new name and then replaces the pointer with If-Match. After a
/// crash between the two, the previous checkpoint stays valid. Of two concurrent writers, one is refused.
/// </summary>
/// <remarks>
/// A writer may freeze at any line, lose its lock to another writer and go on later, so no deletion relies on the lock.
/// Two rules make deletions safe:
/// <list type="number">
/// <item>A blob that one pointer no longer names is never named again. A blob's name is used for one commit only, and each
/// pointer names its own new blob and at most blobs of the pointer that it replaced under If-Match. So a commit may delete,
/// however late, what the pointer that it replaced names and its own does not. It must not list the folder: the list may
/// hold a newer checkpoint of another writer.</item>
/// <item>A blob that no pointer has named yet may still get one. <see cref="DeleteOrphansAsync"/> therefore first makes
/// every pending commit fail, see there.</item>
/// </list>
/// </remarks>
public sealed class CheckpointStore(BlobContainerClient runs, string trainingFolder)
{
    private const int BufferSize = 16 << 20;

    private readonly string _folder = trainingFolder + "checkpoints/";

    /// <summary>The pointer that the next commit replaces; null for none.</summary>
    private StoredPointer? _current;

    private sealed record StoredPointer(CheckpointPointer Value, ETag Tag);

    private BlobClient Pointer => runs.GetBlobClient(_folder + "pointer.json");

    /// <summary>The committed pointer; null before the first committed epoch.</summary>
    public async Task<CheckpointPointer?> FindAsync(CancellationToken cancellation)
    {
        _current = await ReadPointerAsync(cancellation);
        return _current?.Value;
    }

    /// <summary>Opens a checkpoint of tens to hundreds of megabytes for reading.</summary>
    /// <exception cref="InvalidInputException">The pointer names the blob, but the blob does not exist.</exception>
    /// <exception cref="IOException">
    /// Another process has committed since the pointer was read. Another attempt finds its checkpoint.
    /// </exception>
    public async Task<Stream> OpenAsync(string blob, CancellationToken cancellation)
    {
        try
        {
            var options = new BlobOpenReadOptions(allowModifications: false) { BufferSize = BufferSize };
            return await runs.GetBlobClient(blob).OpenReadAsync(options, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            throw await ReadPointerAsync(cancellation) is { } pointer && pointer.Value.Names(blob)
                ? new InvalidInputException(
                    $"checkpoint: {runs.Name}/{blob} does not exist, but {runs.Name}/{Pointer.Name} names it; restore the blob, "
                    + "or delete the pointer and resume the run to train this model from its first epoch.",
                    e)
                : new IOException($"checkpoint: another process has replaced {runs.Name}/{blob}.", e);
        }
    }

    /// <summary>
    /// Commits the checkpoint of <paramref name="epoch"/> by replacing the pointer that this store found or committed last. Deletes
    /// the blobs that this commit supersedes.
    /// </summary>
    /// <exception cref="RequestFailedException">Another process committed since the pointer was read (status 412 or 409).</exception>
    public async Task<CheckpointPointer> CommitAsync(int epoch, bool isBest, Action<Stream> write, CancellationToken cancellation)
    {
        var name = $"{_folder}epoch-{epoch:D4}-{Guid.NewGuid():N}.safetensors";
        var options = new BlobOpenWriteOptions { BufferSize = BufferSize };
        await using (var stream = await runs.GetBlobClient(name).OpenWriteAsync(overwrite: true, options, cancellation))
        {
            write(stream);
        }

        var previous = _current?.Value;
        var pointer = isBest || previous is null
            ? new CheckpointPointer(epoch, epoch, name, name)
            : new CheckpointPointer(epoch, previous.BestEpoch, name, previous.Best);
        _current = await PutPointerAsync(pointer, _current?.Tag, cancellation);
        string[] superseded = previous is null ? [] : [previous.Latest, previous.Best];
        await DeleteAsync(superseded.Distinct().Where(blob => !pointer.Names(blob)), cancellation);
        return pointer;
    }

    /// <summary>
    /// Deletes checkpoints that were written but never committed, and checkpoints whose deletion a crash prevented. Call it at the
    /// end of a training, under its lock. It does nothing if another process commits at the same time, or if nothing was committed.
    /// </summary>
    /// <remarks>
    /// The order of operations makes this safe, even if a writer that lost the lock continues. The method lists the blobs, reads
    /// the pointer, writes the same pointer again under If-Match, and then deletes. If a listed blob was committed before the
    /// pointer was read, the pointer names it, or no pointer will name it again (rule 1). The writer of any other listed blob read
    /// the pointer's tag before it wrote that blob, and so before the list. Writing the pointer again changes the tag, so this
    /// writer's commit is refused, and no pointer can name the blob. A blob written after the list is not in the list. The age of a
    /// blob therefore does not matter.
    /// </remarks>
    public async Task DeleteOrphansAsync(CancellationToken cancellation)
    {
        var listed = new List<string>();
        await foreach (var blob in runs.GetBlobsAsync(new GetBlobsOptions { Prefix = _folder + "epoch-" }, cancellation))
        {
            listed.Add(blob.Name);
        }

        if (await ReadPointerAsync(cancellation) is not { } found || listed.All(found.Value.Names))
        {
            return;
        }

        try
        {
            _current = await PutPointerAsync(found.Value, found.Tag, cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // Another process continues this training, and deletes the orphans at its end.
            return;
        }

        await DeleteAsync(listed.Where(blob => !found.Value.Names(blob)), cancellation);
    }

    private async Task<StoredPointer?> ReadPointerAsync(CancellationToken cancellation)
    {
        try
        {
            var content = await Pointer.DownloadContentAsync(cancellation);
            return new StoredPointer(content.Value.Content.ToObjectFromJson<CheckpointPointer>(Json.Compact)!, content.Value.Details.ETag);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Replaces the pointer. If the response to a successful write is lost, the client writes again, and its own first write makes
    /// the second one fail. The pointer then has the intended value, which counts as success.
    /// </summary>
    private async Task<StoredPointer> PutPointerAsync(CheckpointPointer pointer, ETag? before, CancellationToken cancellation)
    {
        try
        {
            return await ReplacePointerAsync(pointer, before, cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            if (await ReadPointerAsync(cancellation) is { } stored && stored.Value == pointer && stored.Tag != before)
            {
                return stored;
            }

            throw;
        }
    }

    private async Task<StoredPointer> ReplacePointerAsync(CheckpointPointer pointer, ETag? before, CancellationToken cancellation)
    {
        var conditions = before is { } tag
            ? new BlobRequestConditions { IfMatch = tag }
            : new BlobRequestConditions { IfNoneMatch = ETag.All };
        var content = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(pointer, Json.Compact));
        var written = await Pointer.UploadAsync(content, new BlobUploadOptions { Conditions = conditions }, cancellation);
        return new StoredPointer(pointer, written.Value.ETag);
    }

    private async Task DeleteAsync(IEnumerable<string> blobs, CancellationToken cancellation)
    {
        foreach (var blob in blobs)
        {
            await runs.DeleteBlobIfExistsAsync(blob, cancellationToken: cancellation);
        }
    }
}
