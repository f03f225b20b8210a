using Microsoft.Extensions.Logging;

namespace ServerlessFashion.Storage;

/// <summary>The locks of runs and of their trainings. Each is a <see cref="BlobLock"/> in the folder of what it protects.</summary>
public sealed class RunLocks(FashionStorage storage, TimeProvider time, ILogger<RunLocks> log)
{
    /// <summary>Waits until no other process works on the run, and locks it.</summary>
    public Task<BlobLock> AcquireAsync(string runId, CancellationToken cancellation) =>
        AcquireInAsync(StorageNames.RunFolder(runId), cancellation);

    /// <summary>Waits until no other process trains or evaluates the model with this seed, and locks the training.</summary>
    public Task<BlobLock> AcquireAsync(string runId, string model, int seed, CancellationToken cancellation) =>
        AcquireInAsync(StorageNames.TrainingFolder(runId, model, seed), cancellation);

    private Task<BlobLock> AcquireInAsync(string folder, CancellationToken cancellation) =>
        BlobLock.AcquireAsync(storage.Container(StorageNames.Runs), folder + "lock", time, cancellation, log);
}
