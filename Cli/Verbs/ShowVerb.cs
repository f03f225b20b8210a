using System.CommandLine;
using System.Globalization;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Display.Tables;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Phrases;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion show RUN</c>: shows a run and the progress of each of its trainings.</summary>
internal sealed class ShowVerb(IComparisonService comparisons, Output output)
{
    private sealed record TrainingView(
        string Model, int Seed, TrainingStage State, int TotalEpochs, int PlannedEpochs, double? EtaSeconds,
        IReadOnlyList<EpochRow> Epochs, EpochRow? Best, string? Error)
    {
        public static TrainingView Of(TrainingStatus training) => new(
            training.Name, training.Seed, training.Stage, training.Epochs, training.PlannedEpochs, training.EtaSeconds,
            training.Rows, training.Best, training.Error);
    }

    private sealed record StatusView(RunView Run, double? EtaSeconds, IReadOnlyList<TrainingView> Trainings);

    public static Command Create()
    {
        var run = RunArgument.One();
        return new Command("show", "Shows a run: status, configuration and progress of each model.")
        {
            run, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<ShowVerb, string>(
            VerbNeeds.Account, (parse, _) => parse.GetRequiredValue(run), (verb, id, cancellation) => verb.RunAsync(id, cancellation));
    }

    private async Task<int> RunAsync(string id, CancellationToken cancellation)
    {
        var status = await comparisons.GetStatusAsync(id, cancellation);
        var view = new StatusView(
            RunView.Of(status.Run, status.Configuration), status.EtaSeconds, [.. status.Trainings.Select(TrainingView.Of)]);
        output.Result(view, () => Print(status));
        return ExitCodes.Done;
    }

    private void Print(ComparisonStatus status)
    {
        var run = status.Run;
        string?[] facts =
        [
            run.Status.ToString().ToLowerInvariant(),
            run.Winner is null ? null : $"winner {run.Winner}",
            run.Error,
            DurationText.Of(status.EtaSeconds) is { } left ? $"about {left} left" : null,
        ];
        output.Line($"run {run.Id}: {string.Join(", ", facts.OfType<string>())}");
        DescriptionText.Print(output, run.Description);
        ConfigurationText.Print(output, status.Configuration);
        output.Table(TableOf(status.Trainings));
        output.Prose("All figures of a row are those of its best epoch on validation. Loss in nats. The same seed with another number of "
            + "threads or another kind of processor gives slightly different figures.");
        foreach (var failed in status.Trainings.Where(training => training.Error is not null))
        {
            output.Line($"{failed.Name} seed {failed.Seed} failed: {failed.Error}");
        }
    }

    internal static FittedTable TableOf(IEnumerable<TrainingStatus> trainings)
    {
        var table = new FittedTable().Text("Model").Number("Seed").Text("State").LongText("Epoch").Number("Best", 2).Number("Loss", 5)
            .Number("Accuracy", 5).Number("Val. loss", 4).Number("Val. acc.").Number("Test").Number("s/epoch", 3).Number("Left", 1);
        foreach (var training in trainings)
        {
            var best = training.Best;
            table.AddRow(
                training.Name, Number(training.Seed, "0"), training.Stage.ToString().ToLowerInvariant(), Progress(training),
                Number(best?.Epoch, "0"), LossText.Of(best?.TrainLoss), Number(best?.TrainAccuracy, "0.0000"),
                LossText.Of(best?.ValidationLoss),
                Number(training.Evaluated?.ValidationAccuracy ?? best?.ValidationAccuracy, "0.0000"),
                Number(training.Evaluated?.TestAccuracy, "0.0000"), Number(training.SecondsPerEpoch, "0.0"),
                DurationText.Of(training.EtaSeconds) ?? "");
        }

        return table;
    }

    private static string Progress(TrainingStatus training)
    {
        if (training.PlannedEpochs == 0)
        {
            return "";
        }

        var done = training.Rows.Count;
        return done == training.Epochs && done < training.PlannedEpochs
            ? EpochText.StoppedEarly(done, training.PlannedEpochs)
            : $"{done}/{training.Epochs}";
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
