using Microsoft.DurableTask.Client;
using ServerlessFashion.Application;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Functions.Http;

/// <summary>
/// Executes runs as durable orchestrations. The instance id is the run's id. Each invocation has its own instance, because the
/// client comes with the invocation.
/// </summary>
public sealed class DurableComparisonHost(RunStore runs, RunBlobs blobs, TimeProvider time) : IComparisonHost
{
    /// <summary>The time that a request waits for an orchestration that is about to end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Set by a function that starts, resumes, cancels or deletes runs.</summary>
    public DurableTaskClient? Client { get; set; }

    private DurableTaskClient RequiredClient => Client ?? throw new InvalidOperationException("This function has no durable client.");

    /// <summary>
    /// Starts the run's orchestration. A pending run may replace a completed orchestration, because the run was resumed. A run that
    /// has begun is started only once.
    /// </summary>
    /// <exception cref="RefusedException">An orchestration of an earlier attempt does not end.</exception>
    public async Task StartAsync(RunRecord run, CancellationToken cancellation)
    {
        var request = new ComparisonInput(run.Id);
        if (run.Status != RunStatus.Pending)
        {
            await RequiredClient.StartOnceAsync(ComparisonWorkflow.Comparison.Name, request, run.Id, cancellation);
            return;
        }

        var began = time.GetTimestamp();
        while (!await RequiredClient.StartAgainAsync(ComparisonWorkflow.Comparison.Name, request, run.Id, cancellation)
            && await IsAboutToEndAsync(run.Id, cancellation))
        {
            if (time.GetElapsedTime(began) > Patience)
            {
                throw new RefusedException(
                    Refusal.Conflict, $"run: the last attempt of {run.Id} has not quite ended; send the request again in a moment.");
            }

            await Task.Delay(PollInterval, time, cancellation);
        }
    }

    public async Task<bool> IsUnderWayAsync(string runId, CancellationToken cancellation) =>
        await RequiredClient.IsUnderWayAsync(runId, cancellation) || await blobs.AreLockedAsync(runId, cancellation);

    /// <summary>
    /// True if the running orchestration may have recorded the end of the last attempt before the run was resumed. Such an
    /// orchestration would never read the run again. An orchestration that has not begun will read it, and one that has set the run
    /// to running is the correct one.
    /// </summary>
    private async Task<bool> IsAboutToEndAsync(string id, CancellationToken cancellation) =>
        await RequiredClient.GetInstanceAsync(id, cancellation) is { RuntimeStatus: not OrchestrationRuntimeStatus.Pending }
        && await runs.FindAsync(id, cancellation) is { Status: RunStatus.Pending };
}
