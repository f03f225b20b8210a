using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ServerlessFashion.Storage;

/// <summary>All blobs of one run.</summary>
public sealed class RunBlobs(FashionStorage storage)
{
    private const int SideBySide = 8;

    private readonly BlobContainerClient _runs = storage.Container(StorageNames.Runs);

    /// <summary>
    /// True while a process holds a lock of the run or of one of its trainings. The lock of a dead process lasts for another
    /// <see cref="BlobLock.LeaseSeconds"/>.
    /// </summary>
    public async Task<bool> AreLockedAsync(string runId, CancellationToken cancellation) =>
        await ListAsync(runId, cancellation).AnyAsync(blob => blob.Properties.LeaseState == LeaseState.Leased, cancellation);

    /// <summary>Bytes of all blobs of the run.</summary>
    public async Task<long> MeasureAsync(string runId, CancellationToken cancellation) =>
        await ListAsync(runId, cancellation).Select(blob => blob.Properties.ContentLength ?? 0).SumAsync(cancellation);

    /// <summary>Deletes every blob.</summary>
    /// <returns>False if a process holds one of the locks. Other blobs may already be deleted.</returns>
    public async Task<bool> TryDeleteAsync(string runId, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellation };
        try
        {
            await Parallel.ForEachAsync(
                ListAsync(runId, cancellation), options,
                async (blob, stop) => await _runs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: stop));
            return true;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.LeaseIdMissing)
        {
            return false;
        }
    }

    private AsyncPageable<BlobItem> ListAsync(string runId, CancellationToken cancellation) =>
        _runs.GetBlobsAsync(new GetBlobsOptions { Prefix = StorageNames.RunFolder(runId) }, cancellation);
}
