using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>The result of a request to cancel.</summary>
/// <param name="Run">The run after the request: cancelled, or running until its trainings have stopped.</param>
/// <param name="Requested">False if the run had already ended; it does not change then.</param>
public sealed record CancelResult(RunRecord Run, bool Requested);

/// <summary>Cancels a comparison. Finished epochs are kept, so the run can be resumed.</summary>
public sealed class CancelComparison(RunStore runs, RunReferences references, IComparisonHost host, TimeProvider time)
{
    /// <summary>
    /// Ends a run at once if no process works on it, that is, if it waits for its turn or its process was killed. Requests any
    /// other run to stop after the current batch.
    /// </summary>
    /// <param name="reference">A text that names a run, see <see cref="RunReferences"/>.</param>
    /// <exception cref="RefusedException">No run, or more than one, is meant.</exception>
    public async Task<CancelResult> CancelAsync(string reference, CancellationToken cancellation)
    {
        var run = await references.GetAsync(reference, cancellation);
        var id = run.Id;
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
