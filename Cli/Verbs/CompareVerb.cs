using System.CommandLine;
using System.Globalization;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Data;
using ServerlessFashion.Hosting;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion compare</c>: a whole comparison on this machine, from data to report.</summary>
internal static class CompareVerb
{
    /// <summary>The default folder of reports.</summary>
    private const string Reports = "out";

    private sealed record Request(ComparisonOptions Options, string? Output, string? Resume, string? Storage, string? Data, bool Json);

    /// <param name="Report">Folder with the report.</param>
    private sealed record Result(string RunId, RunStatus Status, string? Winner, string? Error, string? Report, IReadOnlyList<TrainingOutcome> Trainings);

    public static Command Create()
    {
        var preset = new Option<string?>("--preset")
        {
            Description = $"Recipe: {string.Join(", ", Presets.Names)} (default: {Presets.Default}).",
            HelpName = "P",
        };
        var models = new Option<string?>("--models")
        {
            Description = "Models, separated by commas (default: all of the preset).",
            HelpName = "a,b",
        };
        var labels = new Option<string?>("--labels")
        {
            Description = $"{string.Join(" or ", Enum.GetNames<LabelScheme>().Select(name => name.ToLowerInvariant()))} (default: five).",
        };
        var split = new Option<string?>("--split") { Description = "competition (default) or original." };
        var seeds = new Option<int?>("--seeds")
        {
            Description = "Number of trainings of each model, with seeds 1, 2, ... (default: 1).",
            HelpName = "N",
        };
        var epochs = new Option<string[]>("--epochs")
        {
            Description = "Epochs of a model; may be repeated.",
            HelpName = "model=n",
            AllowMultipleArgumentsPerToken = true,
        };
        var budget = new Option<string?>("--budget")
        {
            Description = "Time limit of the run, such as 30m or 1h30m; the run trains fewer epochs to meet it.",
            HelpName = "TIME",
        };
        var output = new Option<string?>("--output") { Description = "Folder for the report (default: out/RUN).", HelpName = "DIR" };
        var resume = new Option<string?>("--resume") { Description = "Continue an earlier run where it stopped.", HelpName = "RUN" };
        var (storage, data, device, json) = (SharedOptions.Storage(), SharedOptions.Data(), SharedOptions.Device(), SharedOptions.Json());
        var command = new Command("compare", "Trains, evaluates and compares models, and writes a report.")
        {
            preset, models, labels, split, seeds, epochs, budget, device, output, resume, storage, data, json,
        };
        command.SetAction((parse, cancellation) => RunAsync(
            new Request(
                new ComparisonOptions
                {
                    Preset = parse.GetValue(preset),
                    Models = parse.GetValue(models)?.Split(',', StringSplitOptions.TrimEntries),
                    Labels = OptionText.Choice<LabelScheme>("labels", parse.GetValue(labels)),
                    Split = OptionText.Choice<DatasetSplit>("split", parse.GetValue(split)),
                    Seeds = parse.GetValue(seeds),
                    Epochs = OptionText.Counts("epochs", parse.GetValue(epochs)),
                    Budget = parse.GetValue(budget),
                    Device = SharedOptions.DeviceOf(parse.GetValue(device)),
                },
                OptionText.NamedPath("output", parse.GetValue(output)), parse.GetValue(resume), parse.GetValue(storage), parse.GetValue(data), parse.GetValue(json)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var output = new Output(request.Json);
        // Bad options are told before anything is started.
        var devices = LocalRuns.Devices(request.Options.Device);
        var definition = request.Resume is null ? LocalApplication.Machine(devices).Configure(request.Options) : null;
        OptionText.MakeFolder("output", request.Output ?? Reports);
        await using var telemetry = ProcessTelemetry.Start();
        await using var connection = await StorageConnection.OpenAsync(request.Storage, cancellation);
        var application = LocalApplication.Create(connection.Storage);
        var run = await OpenRunAsync(request, definition, application, cancellation);
        output.Line($"run {run.Id}");
        definition = await application.Comparisons.GetDefinitionAsync(run.Id, cancellation);
        var configuration = definition.Configuration;
        ConfigurationText.Print(output, configuration);
        var begunOn = await LocalRuns.FindDeviceAsync(connection.Storage, run.Id, cancellation);
        output.Line($"device: {devices.Describe(configuration.Device, begunOn)}");

        var display = new RunDisplay(output, definition);
        var runner = LocalRuns.CreateRunner(
            connection, configuration, devices, begunOn, request.Data,
            display.Monitor, new ActionProgress<string>(output.Line), telemetry.Loggers);
        using var active = PipelineTelemetry.ObserveActiveRuns(() => 1);
        var outcome = await display.WatchAsync(runner.RunAsync(run.Id, display.Monitor, cancellation));

        var folder = await DownloadAsync(request, outcome, connection.Storage, run.Id);
        output.Result(
            new Result(run.Id, outcome.Status, outcome.Winner, outcome.Error, folder, outcome.Trainings),
            () => Print(output, request, run, outcome, folder));
        return outcome.Status switch
        {
            RunStatus.Completed => ExitCodes.Done,
            RunStatus.Cancelled => ExitCodes.Cancelled,
            _ => ExitCodes.Failed,
        };
    }

    private static async Task<RunRecord> OpenRunAsync(
        Request request, RunDefinition? definition, FashionApplication application, CancellationToken cancellation)
    {
        if (request.Resume is not { } id)
        {
            return await application.Start.StartAsync(definition!, namesDevice: true, key: null, cancellation);
        }

        // A run in which nothing is left to do gives its outcome and its report again.
        return request.Options == new ComparisonOptions()
            ? (await application.Resume.ResumeAsync(id, cancellation)).Run
            : throw new InvalidInputException(
                "resume: a run continues with its own configuration; leave out "
                + "--preset, --models, --labels, --split, --seeds, --epochs, --budget and --device.");
    }

    private static async Task<string?> DownloadAsync(Request request, ComparisonOutcome outcome, FashionStorage storage, string runId)
    {
        if (outcome.Trainings.Count == 0 || outcome.Status == RunStatus.Cancelled)
        {
            return null;
        }

        var folder = request.Output ?? Path.Combine(Reports, runId);
        await ReportFolder.DownloadAsync(storage, runId, folder, CancellationToken.None);
        return folder;
    }

    private static void Print(Output output, Request request, RunRecord run, ComparisonOutcome outcome, string? folder)
    {
        foreach (var failed in outcome.Trainings.Where(training => training.Error is not null))
        {
            output.Line($"{failed.Model} seed {failed.Seed} failed: {failed.Error}");
        }

        foreach (var trained in outcome.Trainings.Where(training => training.Evaluated is not null).OrderByDescending(training => training.Evaluated!.ValidationAccuracy))
        {
            output.Line(string.Create(CultureInfo.InvariantCulture,
                $"{trained.Model,-10} seed {trained.Seed}  validation {trained.Evaluated!.ValidationAccuracy:0.0000}  test "
                    + $"{trained.Evaluated.TestAccuracy:0.0000}"));
        }

        output.Line(outcome.Status switch
        {
            RunStatus.Completed => $"winner: {outcome.Winner} (best on validation)",
            RunStatus.Cancelled => "stopped; continue with: ./fashion compare --resume "
                + $"{run.Id}{(request.Storage is null ? "" : " --storage ...")}",
            _ => $"failed: {outcome.Error}",
        });
        if (folder is not null)
        {
            output.Line($"report: {Path.Combine(folder, "index.html")}");
        }
    }
}
