using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Steps;

/// <summary>
/// Stores the epochs of one training in their order, each while the next one trains. An epoch is stored from a copy in memory, so that
/// the next one may change the weights. It is reported once its checkpoint and its row are stored.
/// </summary>
internal sealed class EpochCommits : IAsyncDisposable
{
    /// <summary>
    /// A stopped training gives an epoch this time to be stored. Otherwise the epoch would be trained again on resumption.
    /// </summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly string _runId;
    private readonly CheckpointStore _checkpoints;
    private readonly EpochMetrics _metrics;
    private readonly IProgress<TrainingProgress> _progress;
    private readonly CancellationTokenSource _goOn;
    private readonly CancellationTokenSource _giveUp;
    private readonly CancellationTokenRegistration _stopped;
    private readonly MemoryStream _copy = new();
    private Task _last = Task.CompletedTask;

    /// <param name="stop">Cancels the training, and after <see cref="Grace"/> also the storing.</param>
    public EpochCommits(
        string runId, CheckpointStore checkpoints, EpochMetrics metrics, IProgress<TrainingProgress> progress, TimeProvider time,
        CancellationToken stop)
    {
        _runId = runId;
        _checkpoints = checkpoints;
        _metrics = metrics;
        _progress = progress;
        _goOn = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _giveUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _stopped = stop.Register(() => _giveUp.CancelAfter(Grace));
    }

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
        await _stopped.DisposeAsync();
        _giveUp.Dispose();
        _goOn.Dispose();
        await _copy.DisposeAsync();
    }

    private async Task StoreAsync(EpochRow row, bool isBest, TrainingProgress report)
    {
        try
        {
            var checkpoint = _copy.GetBuffer().AsMemory(0, (int)_copy.Length);
            await _checkpoints.CommitAsync(row.Epoch, isBest, checkpoint, _giveUp.Token);
            await _metrics.PutAsync(_runId, new EpochMetric(report.Model, report.Seed, row), _giveUp.Token);
            _progress.Report(report);
        }
        catch
        {
            await _goOn.CancelAsync();
            throw;
        }
    }
}
