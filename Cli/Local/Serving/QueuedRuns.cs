using ServerlessFashion.Cli.Local.Comparisons;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Cli.Local.Serving;

/// <summary>Runs in storage, executed on this machine.</summary>
internal sealed class QueuedRuns(RunStore runs, RunBlobs blobs, RunLocks locks, LocalRuns local) : IQueuedRuns
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunRecord>> ListUnfinishedAsync(CancellationToken stop) => await runs.ListUnfinishedAsync(stop);

    /// <inheritdoc/>
    public Task<RunRecord?> FindAsync(string id, CancellationToken stop) => runs.FindAsync(id, stop);

    /// <inheritdoc/>
    public async Task WaitUntilFreeAsync(string id, CancellationToken stop) => await (await locks.AcquireAsync(id, stop)).DisposeAsync();

    /// <inheritdoc/>
    public Task<bool> IsUnderWayAsync(string id, CancellationToken cancellation) => blobs.AreLockedAsync(id, cancellation);

    /// <inheritdoc/>
    public async Task<ComparisonOutcome> ExecuteAsync(RunRecord run, IProgress<WorkflowProgress> progress, CancellationToken stop)
    {
        var runner = await local.CreateRunnerAsync(run.Id, new ActionProgress<TrainingProgress>(_ => { }), stop);
        return await runner.RunUntilStoppedAsync(run.Id, progress, stop);
    }
}
