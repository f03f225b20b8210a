using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Steps;

/// <summary>
/// Stores the epochs of one training in their order, each while the next one trains. An epoch is stored from a copy in memory, so that
/// the next one may change the weights. It is reported once its checkpoint and its row are stored.
/// </summary>
/// <param name="stop">Cancels the training, and the storing of an epoch, which is then trained again on resumption.</param>
internal sealed class EpochCommits(
    string runId, CheckpointStore checkpoints, EpochMetrics metrics, IProgress<TrainingProgress> progress, CancellationToken stop)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _goOn = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private readonly MemoryStream _copy = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Cancelled by the stop, and when an epoch could not be stored: the work on the next one would then be lost.</summary>
    public CancellationToken GoOn => _goOn.Token;

    /// <summary>Copies the state of <paramref name="session"/> and begins to store it, after the epoch before it has been stored.</summary>
    /// <param name="report">What is reported once the epoch is stored.</param>
    /// <exception cref="Exception">The epoch before it could not be stored.</exception>
    public async Task BeginAsync(TrainingSession session, EpochRow row, TrainingProgress report)
    {
        await CompleteAsync();
        _copy.SetLength(0);
        session.SaveCheckpoint(_copy);
        var isBest = session.BestEpoch == row.Epoch;
        _last = Task.Run(() => StoreAsync(row, isBest, report), CancellationToken.None);
    }

    /// <summary>Waits until every epoch is stored.</summary>
    /// <exception cref="Exception">The last epoch could not be stored.</exception>
    public Task CompleteAsync() => _last;

    public async ValueTask DisposeAsync()
    {
        // The caller reports the failure that ended the training. A failure to store is secondary here.
        await _last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _goOn.Dispose();
        await _copy.DisposeAsync();
    }

    private async Task StoreAsync(EpochRow row, bool isBest, TrainingProgress report)
    {
        try
        {
            await checkpoints.CommitAsync(row.Epoch, isBest, _copy.WriteTo, stop);
            await metrics.PutAsync(runId, new EpochMetric(report.Model, report.Seed, row), stop);
            progress.Report(report);
        }
        catch
        {
            await _goOn.CancelAsync();
            throw;
        }
    }
}
