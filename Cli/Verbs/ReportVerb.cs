using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>
/// <c>fashion report RUN... --output DIR</c>: renders a finished run's report from the stored results and writes it to a folder.
/// With several runs, one table contains all their models.
/// </summary>
internal sealed class ReportVerb(ReportQueries reports, Output output)
{
    private sealed record Request(IReadOnlyList<string> Runs, string Folder);

    private sealed record Result(IReadOnlyList<string> RunIds, string Folder, int Files);

    public static Command Create()
    {
        var runs = RunArgument.Many("Several runs share one table.");
        var folder = new Option<string>("--output") { Description = "Folder for the report.", HelpName = "DIR", Required = true };
        return new Command("report", "Writes the report of finished runs to a folder.")
        {
            runs, folder, SharedOptions.Storage, SharedOptions.Json,
        }.HandledBy<ReportVerb, Request>(
            VerbNeeds.Account,
            (parse, _) => new Request(
                parse.GetRequiredValue(runs), OptionText.NamedPath("output", parse.GetRequiredValue(folder))!),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var found = await reports.ReadAsync(request.Runs, cancellation);
        OptionText.MakeFolder("output", request.Folder);
        var files = await found.WriteAsync(request.Folder, cancellation);
        output.Result(
            new Result(found.RunIds, request.Folder, files),
            () => output.Line($"report: {Path.Combine(request.Folder, "index.html")} ({files} files)"));
        return ExitCodes.Done;
    }
}
