using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Input;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Predictions;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion upload FILE</c>: uploads a file to be predicted in the background, and waits for its predictions.</summary>
internal sealed class UploadVerb(IUploadService uploads, UploadWait wait, Output output)
{
    private const string DefaultTimeout = "10m";

    private sealed record Request(string File, UploadName Name, string? Output, TimeSpan Timeout);

    /// <param name="Output">The file with the rows; null if there is none.</param>
    private sealed record Result(
        string Name, string? Dataset, string Version, UploadStatus Status, PredictionSummary? Summary, string? Error, string? Output);

    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "CSV, IDX, NPY, a picture, or a ZIP of pictures. The content determines the format.",
        };
        var rows = new Option<string?>("--output")
        {
            Description = "File for the rows Id,Label,P0,... (default: none; they stay in the container predictions).",
            HelpName = "FILE",
        };
        var timeout = new Option<string>("--timeout")
        {
            Description = "Time to wait for the predictions, such as 30m.",
            HelpName = "TIME",
            DefaultValueFactory = _ => DefaultTimeout,
        };
        return new Command("upload", "Uploads a file to be predicted, and waits for its predictions.")
        {
            file, ServedModel.Dataset, rows, timeout, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<UploadVerb, Request>(
            VerbNeeds.Account with { Services = services => services.AddSingleton<UploadWait>() },
            (parse, _) => Read(
                parse.GetRequiredValue(file), parse.GetValue(ServedModel.Dataset), parse.GetValue(rows), parse.GetRequiredValue(timeout)),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private static Request Read(string file, string? dataset, string? rows, string timeout)
    {
        InputFile.RequireFile(file);
        var output = OptionText.NamedPath("output", rows);
        RowsFile.RequireOther(output, [file]);
        return new Request(file, UploadName.Of(Path.GetFileName(file), dataset), output, TimeBudget.Parse(timeout, "timeout"));
    }

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var version = await uploads.PutAsync(request.Name, () => File.OpenRead(request.File), cancellation);
        output.Line($"incoming/{request.Name.Blob}: uploaded");
        var outcome = await wait.WatchAsync(request.Name, version, request.Timeout, cancellation);
        var rows = outcome.Status == UploadStatus.Predicted ? request.Output : null;
        if (rows is not null)
        {
            await RowsFile.WriteAsync(rows, async target =>
            {
                await uploads.DownloadAsync(request.Name, target, cancellation);
                return true;
            });
        }

        output.Result(
            new Result(request.Name.File, request.Name.Dataset, version, outcome.Status, outcome.Summary, outcome.Error, rows),
            () => Print(request.Name.Blob, outcome, rows));
        if (outcome.Error is { } error)
        {
            output.Error($"fashion: {error}");
        }

        return outcome.Status switch
        {
            UploadStatus.Predicted => ExitCodes.Done,
            UploadStatus.Failed => ExitCodes.BadInput,
            _ => cancellation.IsCancellationRequested ? ExitCodes.Cancelled : ExitCodes.Failed,
        };
    }

    private void Print(string name, UploadOutcome outcome, string? rows)
    {
        if (outcome.Summary is not { } summary)
        {
            output.Line(outcome.Status switch
            {
                UploadStatus.Failed => $"incoming/{name}: it cannot be predicted",
                UploadStatus.Replaced => $"incoming/{name}: a newer file of that name replaced it before it was predicted",
                _ => $"incoming/{name}: not predicted yet; the predictions will appear in predictions/{name}.csv",
            });
            return;
        }

        foreach (var warning in summary.Warnings)
        {
            output.Line($"{name}: {warning}");
        }

        output.Line(string.Create(CultureInfo.InvariantCulture,
            $"{summary.Count} {(summary.Count == 1 ? "image" : "images")} predicted by {summary.Model} in {summary.Seconds:0.0} s"
                + $"{(rows is null ? "" : $": {rows}")}"));
        foreach (var label in summary.LabelCounts.Where(label => label.Count > 0))
        {
            output.Line(string.Create(CultureInfo.InvariantCulture, $"  {label.Name}: {label.Count}"));
        }
    }
}
