using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>
/// Writes a run's status with the time of the change. A run that has ended does not change, see <see cref="RunTransitions"/>.
/// </summary>
internal sealed class RecordStatusStep(RunStore runs, TimeProvider time, ILogger<RecordStatusStep>? log = null)
    : IStepHandler<StatusChange, RecordedStatus>
{
    private readonly ILogger _log = log ?? NullLogger<RecordStatusStep>.Instance;

    public async Task<RecordedStatus> RunAsync(StatusChange request, CancellationToken cancellation)
    {
        var changes = false;
        var stored = await runs.UpdateAsync(
            request.RunId,
            run =>
            {
                var changed = RunTransitions.Apply(
                    run, EventOf(request.Status), time.GetUtcNow(), request.Winner, request.Error, request.Best);
                changes = changed != run;
                return changed;
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

        return new RecordedStatus(stored.Status, stored.Winner, stored.Error);
    }

    private static RunEvent EventOf(RunStatus status) => status switch
    {
        RunStatus.Running => RunEvent.Began,
        RunStatus.Completed => RunEvent.Completed,
        RunStatus.Failed => RunEvent.Failed,
        RunStatus.Cancelled => RunEvent.Stopped,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A workflow records no such status."),
    };
}
