using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>
/// Writes a run's status with the time of the change. A run that has ended stays as it is, see <see cref="RunTransitions"/>.
/// </summary>
public sealed class RecordStatusStep(FashionStorage storage, TimeProvider time) : IStepHandler<StatusChange, RunRecord>
{
    public Task<RunRecord> RunAsync(StatusChange request, CancellationToken cancellation) => new RunStore(storage).UpdateAsync(
        request.RunId,
        run => RunTransitions.Apply(run, EventOf(request.Status), time.GetUtcNow(), request.Winner, request.Error),
        cancellation);

    private static RunEvent EventOf(RunStatus status) => status switch
    {
        RunStatus.Running => RunEvent.Began,
        RunStatus.Completed => RunEvent.Completed,
        RunStatus.Failed => RunEvent.Failed,
        RunStatus.Cancelled => RunEvent.Stopped,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A workflow records no such status."),
    };
}
