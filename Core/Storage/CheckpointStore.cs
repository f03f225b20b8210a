using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Storage;

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
    private readonly CheckpointInspection _inspection = new(runs, trainingFolder + "checkpoints/damaged/");

    /// <summary>The pointer that the next commit replaces; null for none.</summary>
    private StoredPointer? _current;

    /// <summary>The state that the next commit continues; null to start at the first epoch.</summary>
    private CheckpointPointer? _continued;

    private sealed record StoredPointer(CheckpointPointer Value, ETag Tag);

    private BlobClient Pointer => runs.GetBlobClient(_folder + "pointer.json");

    /// <summary>The committed pointer; null before the first committed epoch.</summary>
    public async Task<CheckpointPointer?> FindAsync(CancellationToken cancellation)
    {
        _current = await ReadPointerAsync(cancellation);
        _continued = _current?.Value;
        return _continued;
    }

    /// <summary>
    /// The newest committed state of which every blob exists with the bytes that were written; null if there is none, and the
    /// training starts at its first epoch. Damaged blobs are copied to the folder <c>damaged</c>. Reads the blobs once.
    /// </summary>
    /// <param name="found">Called for each missing or damaged blob with a sentence about it.</param>
    public async Task<CheckpointPointer?> FindWholeAsync(Action<string> found, CancellationToken cancellation)
    {
        _current = await ReadPointerAsync(cancellation);
        for (_continued = _current?.Value; _continued is not null; _continued = _continued.Previous)
        {
            if (await _inspection.IsWholeAsync(_continued, found, cancellation))
            {
                return _continued;
            }
        }

        return null;
    }

    /// <summary>Opens a checkpoint of tens to hundreds of megabytes for reading.</summary>
    /// <exception cref="IOException">
    /// The blob does not exist: another process may have committed since the pointer was read. Another attempt finds the newest
    /// whole checkpoint.
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
            throw new IOException($"checkpoint: {runs.Name}/{blob} does not exist; another process may have replaced it.", e);
        }
    }

    /// <summary>
    /// Commits the checkpoint of <paramref name="epoch"/> by replacing the pointer that this store found or committed last. Keeps
    /// the state before it, and deletes the blobs of earlier states.
    /// </summary>
    /// <exception cref="RequestFailedException">Another process committed since the pointer was read (status 412 or 409).</exception>
    public async Task<CheckpointPointer> CommitAsync(
        int epoch, bool isBest, ReadOnlyMemory<byte> checkpoint, CancellationToken cancellation)
    {
        // A stream for writing would not heed the cancellation while it is disposed, and a silent account would hold it for minutes.
        var name = $"{_folder}epoch-{epoch:D4}-{Guid.NewGuid():N}.safetensors";
        var transfer = new StorageTransferOptions { InitialTransferSize = BufferSize, MaximumTransferSize = BufferSize };
        var options = new BlobUploadOptions { TransferOptions = transfer };
        await runs.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(checkpoint), options, cancellation);

        var pointer = Next(epoch, isBest, name, Convert.ToHexStringLower(SHA256.HashData(checkpoint.Span)));
        var superseded = _current?.Value.Blobs ?? [];
        _current = await PutPointerAsync(pointer, _current?.Tag, cancellation);
        _continued = pointer;
        await DeleteAsync(superseded.Where(blob => !pointer.Names(blob)), cancellation);
        return pointer;
    }

    private CheckpointPointer Next(int epoch, bool isBest, string name, string sha256)
    {
        var pointer = isBest || _continued is null
            ? new CheckpointPointer(epoch, epoch, name, name) { BestSha256 = sha256 }
            : new CheckpointPointer(epoch, _continued.BestEpoch, name, _continued.Best) { BestSha256 = _continued.BestSha256 };
        return pointer with { LatestSha256 = sha256, Previous = _continued?.WithoutPrevious() };
    }

    /// <summary>
    /// Deletes the checkpoints of the previous state, checkpoints that were written but never committed, and checkpoints whose
    /// deletion a crash prevented. Call it at the end of a training, under its lock. It does nothing if another process commits at
    /// the same time, or if nothing was committed.
    /// </summary>
    /// <remarks>
    /// The order of operations makes this safe, even if a writer that lost the lock continues. The method lists the blobs, reads
    /// the pointer, writes the pointer without the previous state under If-Match, and then deletes. If a listed blob was committed
    /// before the pointer was read, the pointer names it, or no pointer will name it again (rule 1). The writer of any other listed
    /// blob read the pointer's tag before it wrote that blob, and so before the list. Writing the pointer again changes the tag, so this
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

        if (await ReadPointerAsync(cancellation) is not { } found)
        {
            return;
        }

        var last = found.Value.WithoutPrevious();
        if (listed.All(last.Names))
        {
            return;
        }

        try
        {
            _current = await PutPointerAsync(last, found.Tag, cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // Another process continues this training, and deletes the orphans at its end.
            return;
        }

        await DeleteAsync(listed.Where(blob => !last.Names(blob)), cancellation);
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
        catch (JsonException e)
        {
            throw new InvalidInputException(
                $"checkpoint: {runs.Name}/{Pointer.Name} cannot be read; delete it and resume the run to train this model from its "
                + "first epoch.",
                e);
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
