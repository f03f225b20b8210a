using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Storage;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Pipeline.Local;

/// <summary>Runs comparisons on this machine. One process at a time runs a given run; a second one waits for it.</summary>
public sealed class LocalRunner(
    FashionStorage storage, StepRegistry lightSteps, ITrainingSteps trainingSteps, SemaphoreSlim slots, TimeProvider time,
    ILogger<LocalRunner>? log = null)
{
    private readonly RunStore _runs = new(storage);
    private readonly ILogger _log = log ?? NullLogger<LocalRunner>.Instance;

    /// <summary>Runs a stored run from wherever it stands to its end. Cancelling records it as cancelled, ready to be taken up again.</summary>
    public Task<ComparisonOutcome> RunAsync(RunRecord run, IProgress<WorkflowProgress> progress, CancellationToken cancellation) =>
        RunAsync(run, progress, recordStop: true, cancellation);

    /// <summary>The same for a server: cancelling leaves the run's status as it is, for the next start to take it up.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, or another process has taken the run over.</exception>
    public Task<ComparisonOutcome> RunUntilStoppedAsync(RunRecord run, IProgress<WorkflowProgress> progress, CancellationToken cancellation) =>
        RunAsync(run, progress, recordStop: false, cancellation);

    private async Task<ComparisonOutcome> RunAsync(RunRecord run, IProgress<WorkflowProgress> progress, bool recordStop, CancellationToken cancellation)
    {
        using var span = PipelineTelemetry.StartRun(run.Id);
        try
        {
            var outcome = await RunInSpanAsync(run, progress, recordStop, cancellation);
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
        RunRecord run, IProgress<WorkflowProgress> progress, bool recordStop, CancellationToken cancellation)
    {
        await using var only = await BlobLock.AcquireAsync(storage.Container(StorageNames.Runs), $"{run.Id}/lock", time, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, only.Lost);
        var context = new LocalWorkflowContext(lightSteps, trainingSteps, slots, progress, time, _log, stop.Token);
        try
        {
            return await ComparisonWorkflow.Comparison.RunAsync(context, new ComparisonRequest(run.Id, run.Configuration));
        }
        catch (OperationCanceledException) when (recordStop && cancellation.IsCancellationRequested)
        {
            await _runs.UpdateAsync(run.Id, found => found with { Status = RunStatus.Cancelled, FinishedAt = time.GetUtcNow() }, CancellationToken.None);
            _log.StatusChanged(run.Id, RunStatus.Cancelled);
            return new ComparisonOutcome(RunStatus.Cancelled, null, null, []);
        }
    }
}
