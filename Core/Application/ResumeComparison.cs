using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>The result of a request to resume.</summary>
/// <param name="Run">The run after the request.</param>
/// <param name="HasWork">False if the run has completed and none of its models failed; it does not change then.</param>
public sealed record ResumeResult(RunRecord Run, bool HasWork);

/// <summary>
/// Continues a run where it stopped. The run was cancelled, failed, was interrupted, or completed although some of its models
/// failed. Finished trainings are reused, and failed trainings are tried again.
/// </summary>
public sealed class ResumeComparison(
    RunStore runs, RunReferences references, RunFolders folders, IComparisonHost host, TimeProvider time)
{
    /// <summary>Starts the run again. A run that waits or is under way is left alone, so the request can be sent again.</summary>
    /// <param name="reference">A text that names a run, see <see cref="RunReferences"/>.</param>
    /// <exception cref="RefusedException">
    /// No run, or more than one, is meant, or the run was cancelled and has not stopped yet.
    /// </exception>
    public async Task<ResumeResult> ResumeAsync(string reference, CancellationToken cancellation)
    {
        var run = await references.GetAsync(reference, cancellation);
        var id = run.Id;
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

    /// <summary>True if the run's comparison contains every model, and the run and its comparison name the same winner.</summary>
    private async Task<bool> IsWholeAsync(RunRecord run, CancellationToken cancellation) =>
        await folders.Of(run.Id).FindComparisonAsync(cancellation) is { } compared
        && compared.Outcomes.All(outcome => outcome.Error is null)
        && compared.Winner == run.Winner;
}
