using System.Globalization;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Reporting;
using ServerlessFashion.Runs;
using Spectre.Console;

namespace ServerlessFashion.Cli.Display;

/// <summary>Shows the progress of a run: a live table in a terminal, otherwise one line per epoch.</summary>
internal sealed class RunDisplay
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);

    private readonly Output _output;

    public RunDisplay(Output output, RunDefinition run)
    {
        _output = output;
        Monitor = new RunMonitor(run, TimeProvider.System, PrintEpoch, PrintStage);
    }

    public RunMonitor Monitor { get; }

    /// <summary>Shows progress until <paramref name="work"/> ends, and returns its result.</summary>
    public async Task<T> WatchAsync<T>(Task<T> work)
    {
        if (!_output.IsLive)
        {
            return await work;
        }

        return await _output.Console.Live(Render()).StartAsync(async context =>
        {
            while (await Task.WhenAny(work, Task.Delay(Refresh)) != work)
            {
                context.UpdateTarget(Render());
            }

            context.UpdateTarget(Render());
            return await work;
        });
    }

    private void PrintEpoch(TrainingProgress progress)
    {
        if (_output.IsLive)
        {
            return;
        }

        var row = progress.Completed!;
        _output.Line(string.Create(CultureInfo.InvariantCulture,
            $"{progress.Model} seed {progress.Seed}  epoch {row.Epoch}/{progress.TotalEpochs} ({row.Phase})  "
            + $"loss {row.TrainLoss:0.0000} acc {row.TrainAccuracy:0.0000}  "
            + $"val loss {row.ValidationLoss:0.0000} val acc {row.ValidationAccuracy:0.0000}  "
            + $"{row.Seconds:0.0} s  left {Time(Monitor.Remaining)}"));
        if (progress.HasStoppedEarly)
        {
            _output.Line(
                $"{progress.Model} seed {progress.Seed}  {Wording.StoppedEarly(progress.TotalEpochs, progress.PlannedEpochs!.Value)}");
        }
    }

    private void PrintStage(WorkflowProgress progress)
    {
        if (!_output.IsLive)
        {
            _output.Line(progress.Trainings > 0
                ? $"{progress.Stage} ({progress.TrainingsDone} of {progress.Trainings} models done)"
                : progress.Stage);
        }
    }

    private Table Render()
    {
        var stage = Monitor.Stage;
        var table = new Table().RoundedBorder().Title($"[bold]{Markup.Escape(stage.Stage)}[/]  time left {Time(Monitor.Remaining)}");
        table.AddColumns("Model", "Seed", "Epoch", "Progress", "Loss", "Accuracy", "Val. loss", "Val. accuracy", "s/epoch", "Left");
        foreach (var state in Monitor.States)
        {
            var last = state.Last;
            table.AddRow(
                Markup.Escape(state.Model), Number(state.Seed, "0"), $"{state.Epoch}/{state.TotalEpochs}", Bar(state),
                Number(last?.TrainLoss, "0.0000"), Number(last?.TrainAccuracy, "0.0000"),
                Number(last?.ValidationLoss, "0.0000"), Number(last?.ValidationAccuracy, "0.0000"),
                Number(last?.Seconds, "0.0"), Time(state.Remaining));
        }

        return table;
    }

    private static string Bar(TrainingState state)
    {
        const int width = 20;
        var filled = (int)Math.Round(state.Done * width);
        return state.Activity == "training"
            ? $"[green]{new string('━', filled)}[/][grey]{new string('━', width - filled)}[/]"
            : $"[grey]{Markup.Escape(state.Activity)}[/]";
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static string Time(TimeSpan? time) => time is { } known ? DurationText.Of(known) : "…";
}
