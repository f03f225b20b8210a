using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>A run that can be deleted.</summary>
/// <param name="Bytes">Size of its blobs: checkpoints, models, predictions and the report. Null for a run at a server.</param>
public sealed record DeletableRun(RunRecord Run, long? Bytes);

/// <summary>A run that a rule selects but that cannot be deleted.</summary>
/// <param name="Reason">One sentence.</param>
public sealed record KeptRun(string RunId, string Reason);

/// <summary>The runs that a deletion would delete, and those that it would keep although they were selected.</summary>
public sealed record DeletionPlan(IReadOnlyList<DeletableRun> Runs, IReadOnlyList<KeptRun> Kept)
{
    /// <summary>Size of all runs; null if that of one is unknown.</summary>
    public long? Bytes => Runs.Any(run => run.Bytes is null) ? null : Runs.Sum(run => run.Bytes);
}

/// <summary>Finds out what a deletion would delete. It changes nothing.</summary>
public sealed class PlanDeletion(RunStore runs, RunReferences references, RunBlobs blobs, DeleteComparison delete, TimeProvider time)
{
    private const int SideBySide = 8;
    private const int PageSize = 1000;

    /// <summary>The runs that a user names, in this order, each once.</summary>
    /// <param name="texts">Texts that name runs, see <see cref="RunReferences"/>; the whole id for a half deleted run.</param>
    /// <exception cref="RefusedException">A text names no run or several ones, or a run cannot be deleted.</exception>
    public async Task<DeletionPlan> OfRunsAsync(IEnumerable<string> texts, CancellationToken cancellation)
    {
        var named = new List<RunRecord>();
        foreach (var text in texts)
        {
            var hidden = await runs.FindDeletedAsync(text, cancellation);
            var run = hidden ?? await references.GetAsync(text, cancellation);
            if (hidden is null)
            {
                await delete.RequireUnusedAsync(run, cancellation);
            }

            if (named.TrueForAll(other => other.Id != run.Id))
            {
                named.Add(run);
            }
        }

        return new DeletionPlan(await MeasureAsync(named, cancellation), []);
    }

    /// <summary>The ended runs that a rule selects, newest first. Runs that have not ended are never selected.</summary>
    public async Task<DeletionPlan> OfRuleAsync(CleanRule rule, CancellationToken cancellation)
    {
        var selected = new List<RunRecord>();
        var kept = new List<KeptRun>();
        var listed = await ListAsync(rule.Filter, cancellation);
        foreach (var run in rule.Select(listed, time.GetUtcNow()))
        {
            try
            {
                await delete.RequireUnusedAsync(run, cancellation);
                selected.Add(run);
            }
            catch (RefusedException refused)
            {
                kept.Add(new KeptRun(run.Id, refused.Message));
            }
        }

        return new DeletionPlan(await MeasureAsync(selected, cancellation), kept);
    }

    private async Task<List<RunRecord>> ListAsync(RunFilter filter, CancellationToken cancellation)
    {
        var found = new List<RunRecord>();
        string? continuation = null;
        do
        {
            var page = await runs.ListAsync(filter, RunOrder.NewestFirst, PageSize, continuation, cancellation);
            found.AddRange(page.Items);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return found;
    }

    private async Task<IReadOnlyList<DeletableRun>> MeasureAsync(List<RunRecord> measured, CancellationToken cancellation)
    {
        var sized = new DeletableRun[measured.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellation };
        await Parallel.ForAsync(0, measured.Count, options, async (index, stop) =>
            sized[index] = new DeletableRun(measured[index], await blobs.MeasureAsync(measured[index].Id, stop)));
        return sized;
    }
}
