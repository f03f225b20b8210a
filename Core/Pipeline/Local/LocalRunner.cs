using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Requests;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Pipeline.Local;

/// <summary>Runs comparisons on this machine. Only one process at a time works on a run; a second process waits.</summary>
public sealed class LocalRunner(
    RunStore runs, RunFolders folders, RunLocks locks, StepRegistry lightSteps, ITrainingSteps trainingSteps, SemaphoreSlim slots,
    TimeProvider time, ILogger<LocalRunner>? log = null)
{
    private readonly ILogger _log = log ?? NullLogger<LocalRunner>.Instance;

    /// <summary>
    /// Runs a stored run from its current state to its end. A run that has ended returns its outcome again. Cancellation records
    /// the run as cancelled; it can be resumed.
    /// </summary>
    public Task<ComparisonOutcome> RunAsync(string runId, IProgress<WorkflowProgress> progress, CancellationToken cancellation) =>
        RunAsync(runId, progress, recordStop: true, cancellation);

    /// <summary>The same for a server: cancellation leaves the run's status unchanged, so the next start continues the run.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public Task<ComparisonOutcome> RunUntilStoppedAsync(
        string runId, IProgress<WorkflowProgress> progress, CancellationToken cancellation) =>
        RunAsync(runId, progress, recordStop: false, cancellation);

    private async Task<ComparisonOutcome> RunAsync(
        string runId, IProgress<WorkflowProgress> progress, bool recordStop, CancellationToken cancellation)
    {
        using var span = PipelineTelemetry.StartRun(runId);
        try
        {
            var outcome = await RunInSpanAsync(runId, progress, recordStop, cancellation);
            span.RecordOutcome(outcome);
            return outcome;
        }
        catch (Exception e)
        {
            span.RecordFailure(e);
            throw;
        }
    }

    private async Task<ComparisonOutcome> RunInSpanAsync(
        string runId, IProgress<WorkflowProgress> progress, bool recordStop, CancellationToken cancellation)
    {
        using var patience = StoragePatience.Begin(StoragePatience.OfRuns);
        while (true)
        {
            if (await FindEndAsync(runId, progress, recordStop, cancellation) is { } outcome)
            {
                return outcome;
            }

            _log.RunLockLost(runId);
            progress.Report(new WorkflowProgress("waiting for the run's lock, which was lost while storage did not answer", 0, 0));
        }
    }

    /// <summary>Null if the lock was lost. Another process may have taken over the run; if not, this one continues it.</summary>
    private async Task<ComparisonOutcome?> FindEndAsync(
        string runId, IProgress<WorkflowProgress> progress, bool recordStop, CancellationToken cancellation)
    {
        await using var only = await AcquireAsync(runId, recordStop, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, only.Lost);
        var context = new LocalWorkflowContext(lightSteps, trainingSteps, slots, progress, time, _log, stop.Token);
        try
        {
            // Another process may have carried it to its end while this one waited.
            var run = await runs.GetAsync(runId, cancellation);
            return run.IsFinished
                ? await FindOutcomeAsync(run, cancellation)
                : await ComparisonWorkflow.Comparison.RunAsync(context, new ComparisonInput(runId));
        }
        catch (OperationCanceledException) when (recordStop && cancellation.IsCancellationRequested)
        {
            await RecordAsync(runId, RunEvent.Stopped);
            _log.StatusChanged(runId, RunStatus.Cancelled);
            return new ComparisonOutcome(RunStatus.Cancelled, null, null, []);
        }
        catch (OperationCanceledException) when (only.Lost.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<BlobLock> AcquireAsync(string runId, bool recordStop, CancellationToken cancellation)
    {
        try
        {
            return await locks.AcquireAsync(runId, cancellation);
        }
        catch (OperationCanceledException) when (recordStop)
        {
            // The process that holds the lock continues. A later server must not start a waiting run.
            await RecordAsync(runId, RunEvent.CancelRequested);
            throw;
        }
    }

    private async Task<ComparisonOutcome> FindOutcomeAsync(RunRecord run, CancellationToken cancellation)
    {
        var compared = await folders.Of(run.Id).FindComparisonAsync(cancellation);
        return new ComparisonOutcome(run.Status, run.Winner, run.Error, compared?.Outcomes ?? []);
    }

    private Task<RunRecord> RecordAsync(string runId, RunEvent happened) =>
        runs.UpdateAsync(runId, run => RunTransitions.Apply(run, happened, time.GetUtcNow()), CancellationToken.None);
}
