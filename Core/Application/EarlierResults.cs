using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>
/// Adds the result to the rows of runs that ended before rows held it. Each such row costs a few requests once, when a list first
/// shows it.
/// </summary>
internal sealed class EarlierResults(RunStore runs, RunFolders folders)
{
    private const int SideBySide = 8;

    /// <summary>The same runs in the same order, each with its result where it has a winner.</summary>
    public async Task<IReadOnlyList<RunRecord>> CompleteAsync(IReadOnlyList<RunRecord> listed, CancellationToken cancellation)
    {
        if (!listed.Any(IsIncomplete))
        {
            return listed;
        }

        var completed = listed.ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellation };
        var incomplete = Enumerable.Range(0, completed.Length).Where(index => IsIncomplete(completed[index]));
        await Parallel.ForEachAsync(incomplete, options, async (index, stop) =>
            completed[index] = await CompleteAsync(completed[index], stop));
        return completed;
    }

    private static bool IsIncomplete(RunRecord run) => run is { Winner: not null, Best: null };

    private async Task<RunRecord> CompleteAsync(RunRecord run, CancellationToken cancellation)
    {
        if (await folders.Of(run.Id).FindComparisonAsync(cancellation) is not { } compared
            || ComparedModels.FindBest(run.Winner, compared.Outcomes) is not { } best)
        {
            return run;
        }

        try
        {
            // A run that was resumed since has no result any more.
            return await runs.UpdateAsync(
                run.Id, stored => stored.Winner == run.Winner ? stored with { Best = best } : stored, cancellation);
        }
        catch (InvalidInputException)
        {
            // It was deleted since.
            return run;
        }
    }
}
