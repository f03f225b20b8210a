using Microsoft.Extensions.Logging;
using ServerlessFashion.Storage.Requests;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Storage;

/// <summary>
/// The locks of runs and of their trainings. Each is a <see cref="BlobLock"/> in the folder of what it protects. A wait of more than
/// two seconds is reported.
/// </summary>
public sealed class RunLocks(
    FashionStorage storage, TimeProvider time, ILogger<RunLocks> log, IProgress<StorageNotice>? notices = null)
{
    private static readonly TimeSpan FirstNotice = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Waits until no other process works on the run, and locks it.</summary>
    public Task<BlobLock> AcquireAsync(string runId, CancellationToken cancellation) =>
        AcquireInAsync(StorageNames.RunFolder(runId), $"run {runId}", cancellation);

    /// <summary>Waits until no other process trains or evaluates the model with this seed, and locks the training.</summary>
    public Task<BlobLock> AcquireAsync(string runId, string model, int seed, CancellationToken cancellation) =>
        AcquireInAsync(StorageNames.TrainingFolder(runId, model, seed), $"{model} seed {seed} of run {runId}", cancellation);

    private Task<BlobLock> AcquireInAsync(string folder, string subject, CancellationToken cancellation)
    {
        var next = FirstNotice;
        return BlobLock.AcquireAsync(storage.Container(StorageNames.Runs), folder + "lock", time, cancellation, log, Waiting);

        void Waiting(TimeSpan waited)
        {
            if (waited < next)
            {
                return;
            }

            next += Interval;
            log.LockWaits(folder + "lock", waited.TotalSeconds);
            notices?.Report(new StorageNotice(
                $"{subject} is locked by another process; waiting for it to end (if it died, at most {BlobLock.LeaseSeconds} s)"));
        }
    }
}
