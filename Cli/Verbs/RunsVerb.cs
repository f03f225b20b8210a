using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Runs;
using Spectre.Console;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion runs</c>: lists the stored runs, newest first.</summary>
internal static class RunsVerb
{
    private const int DefaultTop = 20;
    private const int MostTop = 1000;

    public static Command Create()
    {
        var top = new Option<int>("--top")
        {
            Description = $"Number of runs to list (default: {DefaultTop}).",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultTop,
        };
        var (storage, json) = (SharedOptions.Storage(), SharedOptions.Json());
        var command = new Command("runs", "Lists the stored runs, newest first.") { top, storage, json };
        command.SetAction((parse, cancellation) => RunAsync(parse.GetValue(top), parse.GetValue(storage), parse.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int top, string? storage, bool json, CancellationToken cancellation)
    {
        if (top is < 1 or > MostTop)
        {
            throw new InvalidInputException($"top: {top} is not a number from 1 to {MostTop}.");
        }

        var output = new Output(json);
        await using var connection = await StorageConnection.OpenAsync(storage, cancellation);
        var comparisons = LocalApplication.Create(connection.Storage).Comparisons;
        var page = await comparisons.ListAsync(top, null, cancellation);
        var views = json ? await DescribeAsync(comparisons, page.Items, cancellation) : [];
        output.Result(views, () => Print(output, page.Items));
        return ExitCodes.Done;
    }

    private static Task<RunView[]> DescribeAsync(
        ComparisonQueries comparisons, IReadOnlyList<RunRecord> runs, CancellationToken cancellation) =>
        Task.WhenAll(runs.Select(
            async run => RunView.Of(run, (await comparisons.GetDefinitionAsync(run.Id, cancellation)).Configuration)));

    private static void Print(Output output, IReadOnlyList<RunRecord> runs)
    {
        if (runs.Count == 0)
        {
            output.Line("no runs yet; start one with ./fashion compare");
            return;
        }

        var table = new Table().RoundedBorder().AddColumns("Run", "Status", "Preset", "Models", "Created (UTC)", "Winner");
        foreach (var run in runs)
        {
            table.AddRow(
                Markup.Escape(run.Id), run.Status.ToString().ToLowerInvariant(), run.Preset,
                Markup.Escape(string.Join(' ', run.Models)),
                run.CreatedAt.UtcDateTime.ToString("u", System.Globalization.CultureInfo.InvariantCulture), Markup.Escape(run.Winner ?? ""));
        }

        output.Table(table);
    }
}
