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
internal sealed class ReportVerb(IReportService reports, WaitNotices waits, Output output)
{
    private enum Format
    {
        Folder,
        Mlflow,
    }

    private sealed record Request(IReadOnlyList<string> Runs, string Folder, Format Format);

    private sealed record Result(IReadOnlyList<string> RunIds, string Folder, int Files);

    public static Command Create()
    {
        var runs = RunArgument.Many("Several runs share one table.");
        var folder = new Option<string>("--output") { Description = "Folder for the report.", HelpName = "DIR", Required = true };
        var format = new Option<string>("--format")
        {
            Description = "folder writes the report; mlflow writes a tracking store of MLflow with its runs, reports and models.",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => nameof(Format.Folder).ToLowerInvariant(),
        };
        return new Command("report", "Writes the report of finished runs to a folder.")
        {
            runs, folder, format, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<ReportVerb, Request>(
            VerbNeeds.Account,
            (parse, _) => Read(
                parse.GetRequiredValue(runs), OptionText.NamedPath("output", parse.GetRequiredValue(folder))!,
                OptionText.Choice<Format>("format", parse.GetValue(format)) ?? Format.Folder),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private static Request Read(string[] runs, string folder, Format format) =>
        runs.GroupBy(run => run).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new InvalidInputException($"run: {twice.Key} is named twice.")
            : new Request(runs, folder, format);

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        using var wait = waits.Begin("the report to be written");
        var found = await reports.ReadAsync(request.Runs, cancellation);
        OptionText.MakeFolder("output", request.Folder);
        var (files, place) = request.Format == Format.Mlflow
            ? (await found.WriteMlflowAsync(request.Folder, cancellation), $"MLflow store: {request.Folder}")
            : (await found.WriteAsync(request.Folder, cancellation), $"report: {Path.Combine(request.Folder, "index.html")}");
        output.Result(new Result(found.RunIds, request.Folder, files), () => output.Line($"{place} ({Quantity.Of(files, "file")})"));
        return ExitCodes.Done;
    }
}
