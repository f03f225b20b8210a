using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Data;
using ServerlessFashion.Phrases;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion data remove NAME</c>: deletes a registered data set.</summary>
internal sealed class DataRemoveVerb(IDatasetService datasets, IComparisonService comparisons, Output output)
{
    private const string NoTerminal = "data remove: nobody can confirm here; repeat the command with --yes.";

    private const int MostRuns = 100;

    private sealed record Request(string Name, bool Yes, bool Force);

    /// <param name="Removed">False after a "no".</param>
    /// <param name="Runs">Ids of the runs that use the set, the newest first; at most <see cref="MostRuns"/>.</param>
    private sealed record Result(string Name, bool Removed, IReadOnlyList<string> Runs);

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the data set." };
        var force = new Option<bool>("--force")
        {
            Description = "Delete it although a run that has not ended uses it; that run then fails.",
        };
        return new Command("remove", "Deletes a registered data set.")
        {
            name, DeletionOptions.Yes, force, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<DataRemoveVerb, Request>(
            VerbNeeds.Account,
            (parse, _) => Read(parse.GetRequiredValue(name), parse.GetValue(DeletionOptions.Yes), parse.GetValue(force)),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private static Request Read(string name, bool yes, bool force)
    {
        DatasetDescription.RequireRemovable(name);
        if (!yes)
        {
            Confirmation.OfTerminal().RequireTerminal(NoTerminal);
        }

        return new Request(name, yes, force);
    }

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        // Fails before anything is printed where there is no such set.
        await datasets.GetAsync(request.Name, cancellation);
        var runs = await ListRunsAsync(request.Name, cancellation);
        var isConfirmed = request.Yes || await AskAsync(request.Name, runs, cancellation);
        if (isConfirmed)
        {
            await datasets.RemoveAsync(request.Name, request.Force, cancellation);
            if (request.Yes && runs.Count > 0)
            {
                output.Notice(Describe(request.Name, runs));
            }
        }

        output.Result(
            new Result(request.Name, isConfirmed, [.. runs.Select(run => run.Id)]),
            () => output.Line(isConfirmed ? $"data set {request.Name} deleted" : "nothing deleted"));
        return isConfirmed ? ExitCodes.Done : ExitCodes.Cancelled;
    }

    private async Task<bool> AskAsync(string name, IReadOnlyList<RunRecord> runs, CancellationToken cancellation)
    {
        if (runs.Count > 0)
        {
            output.Notice(Describe(name, runs));
        }

        return await Confirmation.OfTerminal().AskAsync($"Delete the data set {name}?", NoTerminal, cancellation);
    }

    private async Task<IReadOnlyList<RunRecord>> ListRunsAsync(string name, CancellationToken cancellation)
    {
        var filter = new RunFilter { Dataset = name };
        return (await comparisons.ListAsync(filter, RunOrder.NewestFirst, MostRuns, continuation: null, cancellation)).Items;
    }

    private static string Describe(string name, IReadOnlyList<RunRecord> runs)
    {
        var count = runs.Count == MostRuns ? $"At least {MostRuns} runs" : Quantity.Of(runs.Count, "run");
        return $"{count} used {name}: {string.Join(", ", runs.Select(run => run.Id))}. "
            + $"{(runs.Count == 1 ? "Its" : "Their")} models and stored reports stay.";
    }
}
