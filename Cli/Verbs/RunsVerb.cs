using System.CommandLine;
using System.Globalization;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Display.Tables;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion runs</c>: lists the stored runs, newest first.</summary>
internal sealed class RunsVerb(IComparisonService comparisons, Output output)
{
    private const int DefaultTop = 20;
    private const int MostTop = 1000;

    public static Command Create()
    {
        var top = new Option<int>("--top")
        {
            Description = "Number of runs to list.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultTop,
        };
        return new Command("runs", "Lists the stored runs, newest first.") { top, SharedOptions.Json }
            .WithStorageOrServer()
            .HandledBy<RunsVerb, int>(
                VerbNeeds.Account, (parse, _) => CheckTop(parse.GetValue(top)),
                (verb, count, cancellation) => verb.RunAsync(count, cancellation));
    }

    private static int CheckTop(int top) => top is >= 1 and <= MostTop
        ? top
        : throw new InvalidInputException($"top: {top} is not a number from 1 to {MostTop}.");

    private async Task<int> RunAsync(int top, CancellationToken cancellation)
    {
        var page = await comparisons.ListAsync(top, null, cancellation);
        // The text needs no definitions, and each takes a request.
        var views = output.IsJson ? await DescribeAsync(page.Items, cancellation) : [];
        output.Result(views, () => Print(page.Items));
        return ExitCodes.Done;
    }

    private Task<RunView[]> DescribeAsync(IReadOnlyList<RunRecord> runs, CancellationToken cancellation) =>
        Task.WhenAll(runs.Select(
            async run => RunView.Of(run, await comparisons.GetConfigurationAsync(run.Id, cancellation))));

    private void Print(IReadOnlyList<RunRecord> runs)
    {
        if (runs.Count == 0)
        {
            output.Line("no runs yet; start one with ./fashion compare");
            return;
        }

        output.Table(TableOf(runs));
    }

    internal static FittedTable TableOf(IEnumerable<RunRecord> runs)
    {
        var table = new FittedTable().Text("Run").Text("Status").Text("Preset", 2).LongText("Models", 3)
            .Text("Created (UTC)", 1).Text("Winner");
        foreach (var run in runs)
        {
            table.AddRow(
                run.Id, run.Status.ToString().ToLowerInvariant(), run.Preset, string.Join(' ', run.Models),
                run.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), run.Winner);
        }

        return table;
    }
}
