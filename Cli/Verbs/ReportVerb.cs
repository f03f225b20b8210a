using System.CommandLine;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Reporting;
using ServerlessFashion.Reporting.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>
/// <c>fashion report RUN... --output DIR</c>: renders a finished run's report from the stored results and writes it to a folder.
/// With several runs, one table contains all their models.
/// </summary>
internal static class ReportVerb
{
    private sealed record Result(IReadOnlyList<string> RunIds, string Folder, int Files);

    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN")
        {
            Description = "Ids of runs; `fashion runs` lists them. Several runs share one table.",
            Arity = ArgumentArity.OneOrMore,
        };
        var folder = new Option<string>("--output") { Description = "Folder for the report.", HelpName = "DIR", Required = true };
        var (storage, json) = (SharedOptions.Storage(), SharedOptions.Json());
        var command = new Command("report", "Writes the report of finished runs to a folder.") { runs, folder, storage, json };
        command.SetAction((parse, cancellation) => RunAsync(
            parse.GetRequiredValue(runs), OptionText.NamedPath("output", parse.GetRequiredValue(folder))!, parse.GetValue(storage), parse.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string[] ids, string folder, string? storage, bool json, CancellationToken cancellation)
    {
        if (ids.GroupBy(id => id).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidInputException($"run: {twice.Key} is named twice.");
        }

        var output = new Output(json);
        await using var connection = await StorageConnection.OpenAsync(storage, cancellation);
        var inputs = new List<ReportInput>();
        foreach (var id in ids)
        {
            inputs.Add(await new ReportInputReader(connection.Storage).ReadAsync(id, cancellation));
        }

        OptionText.MakeFolder("output", folder);
        var files = inputs is [var only]
            ? await RenderAsync(connection.Storage, only.RunId, folder, cancellation)
            : await ReportFolder.WriteAsync(RunsReport.Render(inputs), folder, cancellation);
        output.Result(new Result(ids, folder, files), () => output.Line($"report: {Path.Combine(folder, "index.html")} ({files} files)"));
        return ExitCodes.Done;
    }

    private static async Task<int> RenderAsync(FashionStorage storage, string id, string folder, CancellationToken cancellation)
    {
        await new WriteReportStep(storage).RenderAsync(id, cancellation);
        return await ReportFolder.DownloadAsync(storage, id, folder, cancellation);
    }
}
