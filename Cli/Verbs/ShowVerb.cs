using System.CommandLine;
using System.Globalization;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Reporting;
using ServerlessFashion.Storage;
using Spectre.Console;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion show RUN</c>: one run, and how far each of its trainings is.</summary>
internal static class ShowVerb
{
    private sealed record TrainingView(string Model, int Seed, int TotalEpochs, int PlannedEpochs, IReadOnlyList<EpochRow> Epochs);

    private sealed record RunView(RunRecord Run, IReadOnlyList<TrainingView> Trainings);

    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "Id of a run; `fashion runs` lists them." };
        var (storage, json) = (SharedOptions.Storage(), SharedOptions.Json());
        var command = new Command("show", "Shows one run: status, configuration, progress of each model.") { run, storage, json };
        command.SetAction((parse, cancellation) => RunAsync(parse.GetRequiredValue(run), parse.GetValue(storage), parse.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string id, string? storage, bool json, CancellationToken cancellation)
    {
        var output = new Output(json);
        await using var connection = await StorageConnection.OpenAsync(storage, cancellation);
        var run = await new RunStore(connection.Storage).GetAsync(id, cancellation);
        var metrics = new EpochMetrics(connection.Storage);
        var trainings = new List<TrainingView>();
        foreach (var (model, seed) in run.Configuration.Trainings())
        {
            var epochs = await metrics.ListAsync(run.Id, model.Name, seed, 0, cancellation);
            trainings.Add(new TrainingView(model.Name, seed, TrainingCourse.Of(model.Phases, epochs).TotalEpochs, model.TotalEpochs, epochs));
        }

        output.Result(new RunView(run, trainings), () => Print(output, run, trainings));
        return ExitCodes.Done;
    }

    private static void Print(Output output, RunRecord run, IReadOnlyList<TrainingView> trainings)
    {
        output.Line($"run {run.Id}: {run.Status.ToString().ToLowerInvariant()}{(run.Winner is null ? "" : $", winner {run.Winner}")}{(run.Error is null ? "" : $", {run.Error}")}");
        ConfigurationText.Print(output, run.Configuration);
        var table = new Table().RoundedBorder().AddColumns("Model", "Seed", "Epoch", "Loss", "Accuracy", "Val. loss", "Val. accuracy", "s/epoch");
        foreach (var training in trainings)
        {
            var last = training.Epochs is [.., var newest] ? newest : null;
            table.AddRow(
                Markup.Escape(training.Model), Number(training.Seed, "0"), Progress(training),
                Number(last?.TrainLoss, "0.0000"), Number(last?.TrainAccuracy, "0.0000"),
                Number(last?.ValidationLoss, "0.0000"), Number(last?.ValidationAccuracy, "0.0000"), Number(last?.Seconds, "0.0"));
        }

        output.Table(table);
    }

    private static string Progress(TrainingView training)
    {
        var done = training.Epochs.Count;
        return done == training.TotalEpochs && done < training.PlannedEpochs
            ? Wording.StoppedEarly(done, training.PlannedEpochs)
            : $"{done}/{training.TotalEpochs}";
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
