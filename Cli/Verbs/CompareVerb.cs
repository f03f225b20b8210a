using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local.Comparisons;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Data;
using ServerlessFashion.Devices;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion compare</c>: a whole comparison on this machine, from data to report.</summary>
internal sealed class CompareVerb(
    FashionApplication application, LocalComparison comparison, Output output)
{
    /// <summary>The default folder of reports.</summary>
    private const string Reports = "out";

    /// <param name="Definition">Of a new run; null to resume one.</param>
    /// <param name="NamesStorage">Whether the storage was named on the command line, and must be again to resume the run.</param>
    private sealed record Request(
        ComparisonOptions Options, RunDefinition? Definition, string? Output, string? Resume, bool NamesStorage);

    /// <param name="Report">Folder with the report.</param>
    private sealed record Result(
        string RunId, RunStatus Status, string? Winner, string? Error, string? Report, IReadOnlyList<TrainingOutcome> Trainings);

    public static Command Create()
    {
        var preset = new Option<string?>("--preset")
        {
            Description = $"Recipe: {string.Join(", ", Presets.Names)} (default: {Presets.Default}).",
            HelpName = "P",
        }.Completing(Presets.Names);
        var models = new Option<string?>("--models")
        {
            Description = "Models, separated by commas (default: all of the preset).",
            HelpName = "a,b",
        }.CompletingList(ModelCatalogue.All.Select(model => model.Name));
        var labels = new Option<string?>("--labels")
        {
            Description = $"{string.Join(" or ", Enum.GetNames<LabelScheme>().Select(name => name.ToLowerInvariant()))} (default: five).",
            HelpName = "L",
        }.Completing<LabelScheme>();
        var split = new Option<string?>("--split") { Description = "competition (default) or original.", HelpName = "S" }
            .Completing<DatasetSplit>();
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
        }.Completing(ModelCatalogue.All.Select(model => model.Name + "="));
        var budget = new Option<string?>("--budget")
        {
            Description = "Time limit of the run, such as 30m or 1h30m; the run trains fewer epochs to meet it.",
            HelpName = "TIME",
        };
        var output = new Option<string?>("--output") { Description = "Folder for the report (default: out/RUN).", HelpName = "DIR" };
        var resume = new Option<string?>("--resume") { Description = "Continue an earlier run where it stopped.", HelpName = "RUN" };
        return new Command("compare", "Trains, evaluates and compares models, and writes a report.")
        {
            preset, models, labels, split, seeds, epochs, budget, SharedOptions.Device, output, resume,
            SharedOptions.Storage, SharedOptions.Data, SharedOptions.Json,
        }.HandledBy<CompareVerb, Request>(
            VerbNeeds.Training with { Services = services => services.AddSingleton<LocalComparison>() },
            (parse, services) => Read(
                new ComparisonOptions
                {
                    Preset = parse.GetValue(preset),
                    Models = parse.GetValue(models)?.Split(',', StringSplitOptions.TrimEntries),
                    Labels = OptionText.Choice<LabelScheme>("labels", parse.GetValue(labels)),
                    Split = OptionText.Choice<DatasetSplit>("split", parse.GetValue(split)),
                    Seeds = parse.GetValue(seeds),
                    Epochs = OptionText.Counts("epochs", parse.GetValue(epochs)),
                    Budget = parse.GetValue(budget),
                    Device = OptionText.Choice<DeviceChoice>("device", parse.GetValue(SharedOptions.Device)),
                },
                OptionText.NamedPath("output", parse.GetValue(output)), parse.GetValue(resume),
                parse.GetValue(SharedOptions.Storage) is not null, services.GetRequiredService<TrainingMachine>()),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    /// <summary>Reports bad options before anything is started.</summary>
    private static Request Read(ComparisonOptions options, string? output, string? resume, bool namesStorage, TrainingMachine machine)
    {
        var definition = resume is null ? machine.Configure(options) : null;
        OptionText.MakeFolder("output", output ?? Reports);
        return new Request(options, definition, output, resume, namesStorage);
    }

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var run = await OpenRunAsync(request, cancellation);
        output.Line($"run {run.Id}");
        var definition = await application.Comparisons.GetDefinitionAsync(run.Id, cancellation);
        ConfigurationText.Print(output, definition.Configuration);
        output.Line($"device: {await comparison.DescribeDeviceAsync(run.Id, definition, cancellation)}");
        ComparisonOutcome outcome;
        try
        {
            outcome = await comparison.RunAsync(run.Id, definition, cancellation);
        }
        catch (Exception e) when (StorageProblem.Find(e) is { } cause)
        {
            await Console.Error.WriteLineAsync($"fashion: {cause} When it answers again, {Resume(request, run)}");
            return ExitCodes.Failed;
        }

        var folder = await DownloadAsync(request, outcome, run.Id);
        var done = outcome.Status == RunStatus.Cancelled ? await CountDoneAsync(run.Id) : "";
        output.Result(
            new Result(run.Id, outcome.Status, outcome.Winner, outcome.Error, folder, outcome.Trainings),
            () => Print(request, run, outcome, folder, done));
        return outcome.Status switch
        {
            RunStatus.Completed => ExitCodes.Done,
            RunStatus.Cancelled => ExitCodes.Cancelled,
            _ => ExitCodes.Failed,
        };
    }

    private async Task<RunRecord> OpenRunAsync(Request request, CancellationToken cancellation)
    {
        if (request.Resume is not { } id)
        {
            return await application.Start.StartAsync(request.Definition!, namesDevice: true, key: null, cancellation);
        }

        // A run in which nothing is left to do gives its outcome and its report again.
        return request.Options == new ComparisonOptions()
            ? (await application.Resume.ResumeAsync(id, cancellation)).Run
            : throw new InvalidInputException(
                "resume: a run continues with its own configuration; leave out "
                + "--preset, --models, --labels, --split, --seeds, --epochs, --budget and --device.");
    }

    private async Task<string?> DownloadAsync(Request request, ComparisonOutcome outcome, string runId)
    {
        if (outcome.Trainings.Count == 0 || outcome.Status == RunStatus.Cancelled)
        {
            return null;
        }

        var folder = request.Output ?? Path.Combine(Reports, runId);
        await application.Reports.DownloadAsync(runId, folder, CancellationToken.None);
        return folder;
    }

    private static string Resume(Request request, RunRecord run) =>
        $"continue with: ./fashion compare --resume {run.Id}{(request.NamesStorage ? " --storage ..." : "")}";

    /// <summary>What is stored of a stopped run, whichever process trained it.</summary>
    private async Task<string> CountDoneAsync(string runId)
    {
        var status = await application.Comparisons.GetStatusAsync(runId, CancellationToken.None);
        var trainings = status.Trainings.Where(training => training.PlannedEpochs > 0).ToList();
        return StageText.Done(trainings.Count(training => training.Stage == TrainingStage.Completed), trainings.Count);
    }

    private void Print(Request request, RunRecord run, ComparisonOutcome outcome, string? folder, string done)
    {
        foreach (var failed in outcome.Trainings.Where(training => training.Error is not null))
        {
            output.Line($"{failed.Model} seed {failed.Seed} failed: {failed.Error}");
        }

        var evaluated = outcome.Trainings.Where(training => training.Evaluated is not null);
        foreach (var trained in evaluated.OrderByDescending(training => training.Evaluated!.ValidationAccuracy))
        {
            output.Line(string.Create(CultureInfo.InvariantCulture,
                $"{trained.Model,-10} seed {trained.Seed}  validation {trained.Evaluated!.ValidationAccuracy:0.0000}  test "
                    + $"{trained.Evaluated.TestAccuracy:0.0000}"));
        }

        output.Line(outcome.Status switch
        {
            RunStatus.Completed => $"winner: {outcome.Winner} (best on validation)",
            RunStatus.Cancelled => $"stopped, {done}; {Resume(request, run)}",
            _ => $"failed: {outcome.Error}",
        });
        if (folder is not null)
        {
            output.Line($"report: {Path.Combine(folder, "index.html")}");
        }
    }
}
