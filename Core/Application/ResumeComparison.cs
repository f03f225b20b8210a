using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>What became of a request to resume.</summary>
/// <param name="Run">The run after the request.</param>
/// <param name="HasWork">False for a run that has completed and of which no model failed: it stays as it is.</param>
public sealed record ResumeResult(RunRecord Run, bool HasWork);

/// <summary>
/// Takes up a run where it stopped: one that was cancelled, has failed, was interrupted, or has completed without some of its models.
/// Finished trainings are found, not repeated; trainings that failed are tried again.
/// </summary>
public sealed class ResumeComparison(RunStore runs, RunFolders folders, IComparisonHost host, TimeProvider time)
{
    /// <summary>Starts the run again. A run that waits or is under way is left alone, so the request can be sent again.</summary>
    /// <exception cref="RefusedException">There is no such run, or it was cancelled and has not stopped yet.</exception>
    public async Task<ResumeResult> ResumeAsync(string id, CancellationToken cancellation)
    {
        var run = await runs.RequireAsync(id, cancellation);
        if (run.Status == RunStatus.Completed && await IsWholeAsync(run, cancellation))
        {
            return new ResumeResult(run, HasWork: false);
        }

        if (run.Status == RunStatus.Running && await IsStoppingAsync(id, cancellation))
        {
            throw new RefusedException(
                Refusal.Conflict, $"run: {id} was cancelled and stops after the batch at hand; resume it once it is cancelled.");
        }

        // The flag first: the run must not begin with the flag of its last attempt.
        await runs.ClearCancelAsync(id, cancellation);
        run = await runs.UpdateAsync(id, found => RunTransitions.Apply(found, RunEvent.ResumeRequested, time.GetUtcNow()), cancellation);
        await host.StartAsync(run, cancellation);
        return new ResumeResult(run, HasWork: true);
    }

    private async Task<bool> IsStoppingAsync(string id, CancellationToken cancellation) =>
        await runs.IsCancelRequestedAsync(id, cancellation) && await host.IsUnderWayAsync(id, cancellation);

    /// <summary>True when the run's comparison has every model, and the run and its comparison name the same winner.</summary>
    private async Task<bool> IsWholeAsync(RunRecord run, CancellationToken cancellation) =>
        await folders.Of(run.Id).FindComparisonAsync(cancellation) is { } compared
        && compared.Outcomes.All(outcome => outcome.Error is null)
        && compared.Winner == run.Winner;
}
