using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>
/// Writes a run's status with the time of the change. The same status again changes nothing, and a completed run stays
/// completed: whoever runs it again finds finished work only.
/// </summary>
public sealed class RecordStatusStep(FashionStorage storage, TimeProvider time) : IStepHandler<StatusChange, RunRecord>
{
    public Task<RunRecord> RunAsync(StatusChange request, CancellationToken cancellation) =>
        new RunStore(storage).UpdateAsync(request.RunId, run => run.Status is RunStatus.Completed || run.Status == request.Status ? run : Change(run, request), cancellation);

    private RunRecord Change(RunRecord run, StatusChange change)
    {
        var changed = run with { Status = change.Status, Winner = change.Winner, Error = change.Error };
        return change.Status == RunStatus.Running
            ? changed with { StartedAt = run.StartedAt ?? time.GetUtcNow(), FinishedAt = null }
            : changed with { FinishedAt = time.GetUtcNow() };
    }
}
