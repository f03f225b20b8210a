using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>What became of a request to cancel.</summary>
/// <param name="Run">The run after the request: cancelled, or running until its trainings have stopped.</param>
/// <param name="Requested">False for a run that had ended before; it stays as it is.</param>
public sealed record CancelResult(RunRecord Run, bool Requested);

/// <summary>Cancels a comparison. Finished epochs are kept, so that the run can be resumed.</summary>
public sealed class CancelComparison(RunStore runs, IComparisonHost host, TimeProvider time)
{
    /// <summary>
    /// Ends a run at once when no process works on it: it waits for its turn, or the process that carried it out was killed.
    /// Asks any other run to stop after the batch at hand.
    /// </summary>
    /// <exception cref="RefusedException">There is no such run.</exception>
    public async Task<CancelResult> CancelAsync(string id, CancellationToken cancellation)
    {
        var run = await runs.RequireAsync(id, cancellation);
        if (run.IsFinished)
        {
            return new CancelResult(run, Requested: false);
        }

        // The flag first: a run that begins at this moment must see it.
        await runs.RequestCancelAsync(id, cancellation);
        run = await ApplyAsync(id, RunEvent.CancelRequested, cancellation);
        if (run.Status == RunStatus.Running && !await host.IsUnderWayAsync(id, cancellation))
        {
            run = await ApplyAsync(id, RunEvent.Stopped, cancellation);
        }

        return new CancelResult(run, Requested: true);
    }

    private Task<RunRecord> ApplyAsync(string id, RunEvent happened, CancellationToken cancellation) =>
        runs.UpdateAsync(id, run => RunTransitions.Apply(run, happened, time.GetUtcNow()), cancellation);
}
