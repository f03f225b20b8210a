using System.Globalization;
using ServerlessFashion.Phrases;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Reporting;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Display.Live;

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
    public async Task<ComparisonOutcome> WatchAsync(Task<ComparisonOutcome> work)
    {
        if (!_output.IsLive)
        {
            return await work;
        }

        using (var live = _output.BeginLive())
        {
            do
            {
                live.Draw((width, height) => RunScreen.Draw(Monitor.Progress, width, height, _output.Glyphs));
            }
            while (await Task.WhenAny(work, Task.Delay(Refresh)) != work);
        }

        Monitor.End(work.IsCompletedSuccessfully ? await work : null);
        // What stays in the terminal may be longer than it.
        _output.Console.Write(RunScreen.Draw(Monitor.Progress, _output.Console.Profile.Width, height: null, _output.Glyphs));
        return await work;
    }

    private void PrintEpoch(TrainingProgress progress)
    {
        if (_output.IsLive)
        {
            return;
        }

        var row = progress.Completed!;
        var left = Monitor.Progress.Remaining is { } time ? $"  left {DurationText.Of(time)}" : "";
        _output.Line(string.Create(CultureInfo.InvariantCulture,
            $"{progress.Model} seed {progress.Seed}  epoch {row.Epoch}/{progress.TotalEpochs} ({row.Phase})  "
            + $"loss {LossText.Of(row.TrainLoss)} acc {row.TrainAccuracy:0.0000}  "
            + $"val loss {LossText.Of(row.ValidationLoss)} val acc {row.ValidationAccuracy:0.0000}  "
            + $"{row.Seconds:0.0} s{left}"));
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
            _output.Line(StageText.Of(progress));
        }
    }
}
