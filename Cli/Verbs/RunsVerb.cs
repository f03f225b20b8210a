using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion runs</c>: lists the stored runs, newest first unless sorted otherwise.</summary>
internal sealed class RunsVerb(IComparisonService comparisons, Output output)
{
    private const int DefaultTop = 20;
    private const int MostTop = 1000;

    private sealed record Request(RunFilter Filter, RunOrder Order, int Top);

    public static Command Create()
    {
        var status = new Option<string?>("--status")
        {
            Description = $"Only runs of this status: {string.Join(", ", Enum.GetValues<RunStatus>().Select(RunStatusText.Describe))}.",
            HelpName = "S",
        }.Completing<RunStatus>();
        var tag = new Option<string?>("--tag") { Description = "Only runs with this tag.", HelpName = "T" };
        var model = new Option<string?>("--model") { Description = "Only runs that train this model.", HelpName = "M" }
            .Completing(ModelCatalogue.All.Select(known => known.Name));
        var dataset = new Option<string?>("--dataset") { Description = "Only runs on this data set.", HelpName = "NAME" };
        var since = new Option<string?>("--since")
        {
            Description = "Only runs created since a date (2026-03-01), a time (2026-03-01T12:00Z) or an age (12h, 7d, 4w) ago.",
            HelpName = "TIME",
        };
        var search = new Option<string?>("--search")
        {
            Description = "Only runs with this text in id, name, tags, notes, preset or models.",
            HelpName = "TEXT",
        };
        var sort = new Option<string?>("--sort")
        {
            Description = "created (default), name, validation, test or duration.",
            HelpName = "COLUMN",
        }.Completing<RunSort>();
        var order = new Option<string?>("--order") { Description = "asc or desc (default: desc; asc for names).", HelpName = "O" }
            .Completing<SortDirection>();
        var top = new Option<int>("--top")
        {
            Description = "Number of runs to list.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultTop,
        };
        return new Command("runs", "Lists the stored runs, newest first unless sorted otherwise.")
        {
            status, tag, model, dataset, since, search, sort, order, top, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<RunsVerb, Request>(
            VerbNeeds.Account,
            (parse, services) => new Request(
                new RunFilter
                {
                    Status = OptionText.Choice<RunStatus>("status", parse.GetValue(status)),
                    Tag = OptionText.Given("tag", "a tag", parse.GetValue(tag)),
                    Model = OptionText.Given("model", "a model", parse.GetValue(model)),
                    Dataset = OptionText.DatasetName(parse.GetValue(dataset)),
                    Since = parse.GetValue(since) is { } text
                        ? RunAge.ParseTime("since", text, services.GetRequiredService<TimeProvider>().GetUtcNow())
                        : null,
                    Search = OptionText.Given("search", "a text", parse.GetValue(search)),
                },
                RunOrder.Of(
                    OptionText.Choice<RunSort>("sort", parse.GetValue(sort)) ?? RunSort.Created,
                    OptionText.Choice<SortDirection>("order", parse.GetValue(order))),
                CheckTop(parse.GetValue(top))),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private static int CheckTop(int top) => top is >= 1 and <= MostTop
        ? top
        : throw new InvalidInputException($"top: {top} is not a number from 1 to {MostTop}.");

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var page = await comparisons.ListAsync(request.Filter, request.Order, request.Top, continuation: null, cancellation);
        // The text needs no definitions, and each takes a request.
        var views = output.IsJson ? await DescribeAsync(page.Items, cancellation) : [];
        output.Result(views, () => RunsTable.Print(output, page, isFiltered: request.Filter != RunFilter.All));
        return ExitCodes.Done;
    }

    private Task<RunView[]> DescribeAsync(IReadOnlyList<RunRecord> runs, CancellationToken cancellation) =>
        Task.WhenAll(runs.Select(
            async run => RunView.Of(run, await comparisons.GetConfigurationAsync(run.Id, cancellation))));
}
