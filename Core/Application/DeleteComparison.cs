using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Application;

/// <summary>
/// Deletes a run with all its data. The run first disappears from every list and is then removed in parts, its own row last. After
/// a crash no reader finds half a run, and a second deletion completes the work.
/// </summary>
public sealed class DeleteComparison(
    RunStore runs, RunReferences references, RunBlobs blobs, EpochMetrics metrics, ModelRegistry registry, IComparisonHost host)
{
    /// <summary>Deletes the run's blobs, epochs, versions in the registry, and rows.</summary>
    /// <param name="reference">A text that names a run, see <see cref="RunReferences"/>; the whole id for a half deleted run.</param>
    /// <returns>The id of the run.</returns>
    /// <exception cref="RefusedException">
    /// No run, or more than one, is meant; or the run has not ended, or contains the champion or an earlier champion that a roll
    /// back can reach.
    /// </exception>
    public async Task<string> DeleteAsync(string reference, CancellationToken cancellation)
    {
        var hidden = await runs.FindDeletedAsync(reference, cancellation);
        if (hidden is null)
        {
            hidden = await references.GetAsync(reference, cancellation);
            await RequireUnusedAsync(hidden, cancellation);
            await HideAsync(hidden, cancellation);
        }

        await RemoveAsync(hidden, cancellation);
        return hidden.Id;
    }

    /// <summary>Throws the refusal that <see cref="DeleteAsync"/> would answer with, and changes nothing.</summary>
    /// <exception cref="RefusedException">
    /// The run has not ended, or contains the champion or an earlier champion that a rollback can reach.
    /// </exception>
    internal async Task RequireUnusedAsync(RunRecord run, CancellationToken cancellation)
    {
        if (!run.IsFinished)
        {
            throw new RefusedException(
                Refusal.Conflict, $"run: {run.Id} is {run.Status.Describe()}; cancel it, then delete it once it is cancelled.");
        }

        await RequireNoChampionAsync(run.Id, cancellation);
        if (await host.IsUnderWayAsync(run.Id, cancellation))
        {
            throw InUse(run.Id);
        }
    }

    private async Task HideAsync(RunRecord run, CancellationToken cancellation)
    {
        if (!await runs.HideAsync(run.Id, cancellation))
        {
            throw new RefusedException(Refusal.Conflict, $"run: {run.Id} was resumed; cancel it before you delete it.");
        }

        try
        {
            // Once more: one of its models may have become the champion since.
            await RequireNoChampionAsync(run.Id, cancellation);
        }
        catch (RefusedException)
        {
            await runs.RestoreAsync(run.Id, cancellation);
            throw;
        }
    }

    private async Task RequireNoChampionAsync(string id, CancellationToken cancellation)
    {
        foreach (var dataset in await registry.DatasetsOfAsync(id, cancellation))
        {
            if ((await registry.Of(dataset).ChampionsInReachAsync(cancellation)).FindReasonToKeep(id) is { } reason)
            {
                throw new RefusedException(Refusal.Conflict, reason);
            }
        }
    }

    private async Task RemoveAsync(RunRecord run, CancellationToken cancellation)
    {
        // Before the blobs: a model in the registry can be served.
        await registry.RemoveRunAsync(run.Id, cancellation);
        await metrics.DeleteAsync(run.Id, cancellation);
        if (!await blobs.TryDeleteAsync(run.Id, cancellation))
        {
            throw InUse(run.Id);
        }

        await runs.RemoveAsync(run, cancellation);
    }

    private static RefusedException InUse(string id) => new(
        Refusal.Conflict,
        $"run: a process still works on {id} or died within the last {BlobLock.LeaseSeconds} seconds; delete it again in a moment.");
}
