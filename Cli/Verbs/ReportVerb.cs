using System.CommandLine;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion report RUN --output DIR</c>: brings a finished run's report to a folder, rendering it anew from the stored results.</summary>
internal static class ReportVerb
{
    private sealed record Result(string RunId, string Folder, int Files);

    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "Id of a run; `fashion runs` lists them." };
        var folder = new Option<string>("--output") { Description = "Folder for the report.", HelpName = "DIR", Required = true };
        var (storage, json) = (SharedOptions.Storage(), SharedOptions.Json());
        var command = new Command("report", "Writes the report of a finished run to a folder.") { run, folder, storage, json };
        command.SetAction((parse, cancellation) => RunAsync(
            parse.GetRequiredValue(run), parse.GetRequiredValue(folder), parse.GetValue(storage), parse.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string id, string folder, string? storage, bool json, CancellationToken cancellation)
    {
        var output = new Output(json);
        await using var connection = await StorageConnection.OpenAsync(storage, cancellation);
        var run = await new RunStore(connection.Storage).GetAsync(id, cancellation);
        if (await new RunFolder(connection.Storage, run.Id).FindComparisonAsync(cancellation) is null)
        {
            throw new InvalidInputException($"run: {run.Id} is {run.Status.ToString().ToLowerInvariant()} and has no report yet.");
        }

        await new WriteReportStep(connection.Storage).RenderAsync(run.Id, cancellation);
        var files = await ReportFolder.DownloadAsync(connection.Storage, run.Id, folder, cancellation);
        output.Result(new Result(run.Id, folder, files), () => output.Line($"report: {Path.Combine(folder, "index.html")} ({files} files)"));
        return ExitCodes.Done;
    }
}
