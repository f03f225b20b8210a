using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>
/// <c>fashion report RUN... --output DIR</c>: renders a finished run's report from the stored results and writes it to a folder.
/// With several runs, one table contains all their models.
/// </summary>
internal sealed class ReportVerb(ReportQueries reports, Output output)
{
    private sealed record Request(IReadOnlyList<string> RunIds, string Folder);

    private sealed record Result(IReadOnlyList<string> RunIds, string Folder, int Files);

    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN")
        {
            Description = "Ids of runs; `fashion runs` lists them. Several runs share one table.",
            Arity = ArgumentArity.OneOrMore,
        };
        var folder = new Option<string>("--output") { Description = "Folder for the report.", HelpName = "DIR", Required = true };
        return new Command("report", "Writes the report of finished runs to a folder.")
        {
            runs, folder, SharedOptions.Storage, SharedOptions.Json,
        }.HandledBy<ReportVerb, Request>(
            VerbNeeds.Account,
            (parse, _) => Read(parse.GetRequiredValue(runs), OptionText.NamedPath("output", parse.GetRequiredValue(folder))!),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private static Request Read(string[] runIds, string folder) =>
        runIds.GroupBy(id => id).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new InvalidInputException($"run: {twice.Key} is named twice.")
            : new Request(runIds, folder);

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var found = await reports.ReadAsync(request.RunIds, cancellation);
        OptionText.MakeFolder("output", request.Folder);
        var files = await found.WriteAsync(request.Folder, cancellation);
        output.Result(
            new Result(request.RunIds, request.Folder, files),
            () => output.Line($"report: {Path.Combine(request.Folder, "index.html")} ({Quantity.Of(files, "file")})"));
        return ExitCodes.Done;
    }
}
