using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Comparisons;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Input;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Data;
using ServerlessFashion.Devices;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion compare</c>: a whole comparison on this machine, from data to report.</summary>
internal sealed class CompareVerb(
    IComparisonTarget target, IComparisonService comparisons, ConnectionText connection, Output output)
{
    /// <summary>The default folder of reports.</summary>
    private const string Reports = "out";

    /// <param name="Resume">A run to continue; null to start one.</param>
    internal sealed record Request(ComparisonOptions Options, RunDescription Description, string? Output, string? Resume);

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
            Description = "Models and JSON files with models, separated by commas (default: all of the preset).",
            HelpName = "a,b",
        }.CompletingList(ModelCatalogue.All.Select(model => model.Name));
        var dataset = new Option<string?>("--dataset")
        {
            Description = $"A registered data set (default: {DatasetDescription.FashionMnistName}).",
            HelpName = "NAME",
        };
        var labels = new Option<string?>("--labels")
        {
            Description = $"Labels of {DatasetDescription.FashionMnistName}: five (default) or garments.",
            HelpName = "L",
        }.Completing<LabelScheme>();
        var split = new Option<string?>("--split")
        {
            Description = $"Split of {DatasetDescription.FashionMnistName}: competition (default) or original.",
            HelpName = "S",
        }.Completing<DatasetSplit>();
        var seeds = new Option<int?>("--seeds")
        {
            Description = "Number of trainings of each model, with seeds 1, 2, ... (default: 1).",
            HelpName = "N",
        };
        var folds = new Option<int?>("--folds")
        {
            Description = "Cross-validation: train each model once for each of N folds, instead of --seeds (default: no folds).",
            HelpName = "N",
        };
        var epochs = new Option<string[]>("--epochs")
        {
            Description = "Epochs of a model; may be repeated.",
            HelpName = "model=n",
            AllowMultipleArgumentsPerToken = true,
        }.Completing(ModelCatalogue.All.Select(model => model.Name + "="));
        var set = new Option<string[]>("--set")
        {
            Description = "Option of a model's training, such as model4.batchSize=128; may be repeated.",
            HelpName = "model.option=value",
        }.Completing(ModelCatalogue.All.SelectMany(model => SpecOptions.Names.Select(name => $"{model.Name}.{name}=")));
        var classWeights = new Option<bool>("--class-weights")
        {
            Description = "Give each class the same weight in the training loss, however many images it has.",
        };
        var budget = new Option<string?>("--budget")
        {
            Description = "Time budget of the run, such as 30m or 1h30m; the run trains fewer epochs to meet it.",
            HelpName = "TIME",
        };
        var description = new DescriptionOptions();
        var output = new Option<string?>("--output") { Description = "Folder for the report (default: out/RUN).", HelpName = "DIR" };
        var resume = new Option<string?>("--resume") { Description = "Continue an earlier run where it stopped.", HelpName = "RUN" };
        return new Command("compare", "Trains, evaluates and compares models, and writes a report.")
        {
            preset, models, dataset, labels, split, seeds, folds, epochs, set, classWeights, budget,
            SharedOptions.AllowRandomWeights, SharedOptions.Device,
            description.Name, description.Tags, description.Notes, output, resume, SharedOptions.Data, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<CompareVerb, Request>(
            VerbNeeds.Training,
            (parse, services) =>
            {
                var given = NamedModels.Of(parse.GetValue(models));
                var asked = new ComparisonOptions
                {
                    Preset = parse.GetValue(preset),
                    Models = given?.Names,
                    Specs = given?.Specs,
                    Dataset = OptionText.DatasetName(parse.GetValue(dataset)),
                    Labels = OptionText.Choice<LabelScheme>("labels", parse.GetValue(labels)),
                    Split = OptionText.Choice<DatasetSplit>("split", parse.GetValue(split)),
                    Seeds = parse.GetValue(seeds),
                    Folds = parse.GetValue(folds),
                    Epochs = OptionText.Counts("epochs", parse.GetValue(epochs)),
                    Set = OptionText.Values("set", parse.GetValue(set)),
                    ClassWeights = parse.GetValue(classWeights) ? true : null,
                    Budget = parse.GetValue(budget),
                    AllowRandomWeights = parse.GetValue(SharedOptions.AllowRandomWeights) ? true : null,
                    Device = OptionText.Choice<DeviceChoice>("device", parse.GetValue(SharedOptions.Device)),
                    Name = parse.GetValue(description.Name),
                    Tags = parse.GetValue(description.Tags) is { Length: > 0 } tags ? tags : null,
                    Notes = parse.GetValue(description.Notes),
                };
                return Read(
                    asked, OptionText.NamedPath("output", parse.GetValue(output)),
                    OptionText.Given("resume", "the id of a run", parse.GetValue(resume)),
                    services.GetRequiredService<OptionCheck>());
            },
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    /// <summary>Reports bad options before anything is started.</summary>
    internal static Request Read(ComparisonOptions options, string? output, string? resume, OptionCheck check)
    {
        var description = RunDescription.Of(options.Name, options.Tags, options.Notes);
        if (resume is null)
        {
            check.Check(options);
        }

        OptionText.MakeFolder("output", output ?? Reports);
        return new Request(options, description, output, resume);
    }

    internal async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var id = await OpenRunAsync(request, cancellation);
        output.Line($"run {id}");
        DescriptionText.Print(output, request.Description);
        ComparisonOutcome outcome;
        string? folder;
        try
        {
            outcome = await target.WatchAsync(id, cancellation);
            folder = await DownloadAsync(request, outcome, id);
        }
        catch (Exception e) when (target.DescribeInterruption(e) is { } cause)
        {
            await Console.Error.WriteLineAsync($"fashion: {cause} When it answers again, {Resume(id, request)}");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C came before the first step, so no outcome tells how to go on.
            await Console.Error.WriteLineAsync($"fashion: this command has stopped; {Resume(id, request)}");
            return ExitCodes.Cancelled;
        }

        var done = outcome.Status == RunStatus.Cancelled ? await CountDoneAsync(id) : "";
        output.Result(
            new Result(id, outcome.Status, outcome.Winner, outcome.Error, folder, outcome.Trainings),
            () => Print(outcome, folder, done, Resume(id, request)));
        return outcome.Status switch
        {
            RunStatus.Completed => ExitCodes.Done,
            RunStatus.Failed => ExitCodes.Failed,
            _ => ExitCodes.Cancelled,
        };
    }

    private async Task<string> OpenRunAsync(Request request, CancellationToken cancellation)
    {
        if (request.Resume is not { } id)
        {
            return await target.StartAsync(request.Options, cancellation);
        }

        // A run in which nothing is left to do gives its outcome and its report again.
        return request.Options == new ComparisonOptions()
            ? await target.ResumeAsync(id, cancellation)
            : throw new InvalidInputException(
                "resume: a run continues with its own configuration; leave out "
                + "--preset, --models, --dataset, --labels, --split, --seeds, --folds, --epochs, --set, --class-weights, --budget, "
                + "--allow-random-weights, --device, --name, --tag and --note.");
    }

    private async Task<string?> DownloadAsync(Request request, ComparisonOutcome outcome, string runId)
    {
        if (outcome.Trainings.Count == 0 || outcome.Status is not (RunStatus.Completed or RunStatus.Failed))
        {
            return null;
        }

        var folder = request.Output ?? Path.Combine(Reports, runId);
        await target.DownloadReportAsync(runId, folder, CancellationToken.None);
        return folder;
    }

    private string Resume(string id, Request request) =>
        $"continue with: {CommandName.Text} compare --resume {id}{ShellWord.Option("--output", request.Output)}{connection.Text}";

    /// <summary>What is stored of a stopped run, whichever process trained it.</summary>
    private async Task<string> CountDoneAsync(string runId)
    {
        var status = await comparisons.GetStatusAsync(runId, CancellationToken.None);
        var trainings = status.Trainings.Where(training => training.PlannedEpochs > 0).ToList();
        return StageText.Done(trainings.Count(training => training.Stage == TrainingStage.Completed), trainings.Count);
    }

    /// <summary>Only the report has the paired tests, which may call the winner and another model level.</summary>
    private static string Reason(ComparisonOutcome outcome) =>
        outcome.Trainings.Where(training => training.Evaluated is not null).DistinctBy(training => training.Model).Count() > 1
            ? "best on validation; the report says whether the difference is more than chance"
            : "the only model that finished";

    private void Print(ComparisonOutcome outcome, string? folder, string done, string resume)
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
            RunStatus.Completed => $"winner: {outcome.Winner} ({Reason(outcome)})",
            RunStatus.Cancelled => $"stopped, {done}; {resume}",
            RunStatus.Failed => $"failed: {outcome.Error}",
            _ => $"the run goes on at the server; {resume}",
        });
        if (folder is not null)
        {
            output.Line($"report: {Path.Combine(folder, "index.html")}");
        }
    }
}
