using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Storage;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>
/// Writes a run's status with the time of the change. The same status again changes nothing, and a completed run stays
/// completed: whoever runs it again finds finished work only.
/// </summary>
public sealed class RecordStatusStep(FashionStorage storage, TimeProvider time, ILogger<RecordStatusStep>? log = null)
    : IStepHandler<StatusChange, RunRecord>
{
    private readonly ILogger _log = log ?? NullLogger<RecordStatusStep>.Instance;

    public async Task<RunRecord> RunAsync(StatusChange request, CancellationToken cancellation)
    {
        var changes = false;
        var stored = await new RunStore(storage).UpdateAsync(
            request.RunId,
            run =>
            {
                changes = run.Status is not RunStatus.Completed && run.Status != request.Status;
                return changes ? Change(run, request) : run;
            },
            cancellation);
        if (changes && stored.Status == RunStatus.Failed)
        {
            _log.RunFailed(stored.Id, stored.Error);
        }
        else if (changes)
        {
            _log.StatusChanged(stored.Id, stored.Status);
        }

        return stored;
    }

    private RunRecord Change(RunRecord run, StatusChange change)
    {
        var changed = run with { Status = change.Status, Winner = change.Winner, Error = change.Error };
        return change.Status == RunStatus.Running
            ? changed with { StartedAt = run.StartedAt ?? time.GetUtcNow(), FinishedAt = null }
            : changed with { FinishedAt = time.GetUtcNow() };
    }
}
