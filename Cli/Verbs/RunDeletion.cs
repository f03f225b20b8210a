using ServerlessFashion.Application;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>Shows what a deletion would delete, asks, and deletes. <c>delete</c> and <c>clean</c> share it.</summary>
/// <param name="confirmation">Asks the user.</param>
/// <param name="server">The address of the server with the runs; null for those of a storage account.</param>
internal sealed class RunDeletion(
    IComparisonService comparisons, WaitNotices waits, Output output, Confirmation confirmation, string? server)
{
    private sealed record RunItem(string RunId, string? Name, RunStatus Status, DateTimeOffset CreatedAt, long? Bytes);

    /// <param name="Deleted">Ids of the runs that were deleted; empty for a dry run and after a "no".</param>
    /// <param name="Runs">The runs that were selected.</param>
    /// <param name="Kept">The runs that were selected but cannot be deleted.</param>
    private sealed record Result(
        IReadOnlyList<string> Deleted, bool DryRun, long? Bytes, IReadOnlyList<RunItem> Runs, IReadOnlyList<KeptRun> Kept);

    /// <param name="verb">Names the command in errors.</param>
    /// <param name="yes">True to delete without asking.</param>
    /// <param name="dryRun">True to delete nothing.</param>
    /// <param name="keepsRefused">True to go on after a run that cannot be deleted any more.</param>
    public async Task<int> RunAsync(
        string verb, Func<Task<DeletionPlan>> select, bool yes, bool dryRun, bool keepsRefused, CancellationToken cancellation)
    {
        var asks = !yes && !dryRun;
        if (asks)
        {
            confirmation.RequireTerminal(NoTerminal(verb));
        }

        var plan = await select();
        Print(plan);
        if (dryRun || plan.Runs.Count == 0)
        {
            return Report(plan, [], dryRun, plan.Runs.Count == 0 ? "nothing to delete" : "nothing deleted: this is a dry run");
        }

        if (asks && !await confirmation.AskAsync(Question(plan), NoTerminal(verb), cancellation))
        {
            Report(plan, [], dryRun, "nothing deleted");
            return ExitCodes.Cancelled;
        }

        var (deleted, kept) = await DeleteAsync(plan, keepsRefused, cancellation);
        var done = plan with
        {
            Runs = [.. plan.Runs.ExceptBy(kept.Select(run => run.RunId), run => run.Run.Id)],
            Kept = [.. plan.Kept, .. kept],
        };
        var freed = done.Bytes is { } bytes ? $", {ByteText.Of(bytes)} freed" : "";
        return Report(done, deleted, dryRun, $"{Count(deleted.Count)} deleted{freed}");
    }

    private async Task<(List<string> Deleted, List<KeptRun> Kept)> DeleteAsync(
        DeletionPlan plan, bool keepsRefused, CancellationToken cancellation)
    {
        var deleted = new List<string>();
        var kept = new List<KeptRun>();
        foreach (var id in plan.Runs.Select(run => run.Run.Id))
        {
            using var wait = waits.Begin($"run {id} to be deleted");
            try
            {
                await comparisons.DeleteAsync(id, cancellation);
                deleted.Add(id);
                output.Line($"run {id} deleted");
            }
            catch (RefusedException refused) when (keepsRefused)
            {
                kept.Add(new KeptRun(id, refused.Message));
                output.Line($"kept: {refused.Message}");
            }
        }

        return (deleted, kept);
    }

    private int Report(DeletionPlan plan, IReadOnlyList<string> deleted, bool dryRun, string summary)
    {
        var runs = plan.Runs.Select(
            run => new RunItem(run.Run.Id, run.Run.Description.Name, run.Run.Status, run.Run.CreatedAt, run.Bytes));
        output.Result(new Result(deleted, dryRun, plan.Bytes, [.. runs], plan.Kept), () => output.Line(summary));
        return ExitCodes.Done;
    }

    private void Print(DeletionPlan plan)
    {
        foreach (var (run, bytes) in plan.Runs)
        {
            var name = run.Description.Name is { } text ? $"  {text}" : "";
            output.Line($"{run.Id}  {run.Status.Describe(),-9}  {(bytes is { } size ? ByteText.Of(size) : ""),8}{name}");
        }

        foreach (var run in plan.Kept)
        {
            output.Line($"kept: {run.Reason}");
        }
    }

    private string Question(DeletionPlan plan)
    {
        var size = plan.Bytes is { } bytes ? $" ({ByteText.Of(bytes)})" : "";
        var place = server is null ? "" : $" at {server}";
        return $"Delete {Count(plan.Runs.Count)}{size}{place} with all models and reports? This cannot be undone.";
    }

    private static string Count(int runs) => runs == 1 ? "1 run" : $"{runs} runs";

    private static string NoTerminal(string verb) =>
        $"{verb}: there is no terminal for a confirmation; add --yes to delete without one, or --dry-run to see what would go.";
}
