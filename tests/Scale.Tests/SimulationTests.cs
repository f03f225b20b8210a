using System.IO.Compression;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Scale.Tests;

public class SimulationTests
{
    private static TimeSpan[] Seconds(params double[] seconds) => [.. seconds.Select(TimeSpan.FromSeconds)];

    /// <summary>
    /// A arrives at 0 s: status 1 s, data until 6 s, the trainer starts until 66 s, trains until 166 s. B arrives at 10 s and asks
    /// for the trainer at 26 s - 10 s = 16 s: it has it from 166 s to 266 s. A asked for its evaluation at 166 s and has it until
    /// 286 s, then B until 306 s. Both need 2 + 3 + 4 + 1 = 10 s more.
    /// </summary>
    [Fact]
    public void Run_TwoRunsAndOneTrainer_EndsAsReckonedByHand()
    {
        var result = Simulation.Run(Timings.OneTrainer, Seconds(0, 10));

        Assert.Equal((2, 2), (result.Started, result.Completed));
        Assert.Equal([296, 306], [result.Durations.Percentile(.5), result.Durations.Percentile(1)]);
        Assert.Equal(4, result.Trainers.Waits.Count);
        Assert.Equal([20, 60, 100, 150], new[] { .25, .5, .75, 1 }.Select(result.Trainers.Waits.Percentile));
        Assert.Equal(240.0 / 3600, result.Trainers.Busy.Hours, 10);
        // Paid from 6 s, when it was asked for, to 306 s + 300 s.
        Assert.Equal(600.0 / 3600, result.Trainers.Present.Hours, 10);
        Assert.Equal(606, result.End.TotalSeconds);
    }

    /// <summary>
    /// One start, eight activities (two statuses, data, plan, comparison, report, promotion, evaluation) and one for each slice, and one
    /// sub-orchestration, each of them two; one more for each continue-as-new. 25 epochs in slices of ten are three slices.
    /// </summary>
    [Theory]
    [InlineData(1, 1 + (2 * 9) + 2)]
    [InlineData(25, 1 + (2 * 11) + 2 + 2)]
    public void Run_OneRun_CountsTheActions(int epochs, int actions)
    {
        var result = Simulation.Run(Timings.OneTrainer with { Run = Timings.Configure(epochs) }, Seconds(0));

        Assert.Equal(actions, result.Hub.Actions);
    }

    /// <summary>With one action a second, 21 actions take 21 seconds more than none.</summary>
    [Fact]
    public void Run_SlowTaskHub_TakesLongerByTheActions()
    {
        var fast = Simulation.Run(Timings.OneTrainer, Seconds(0));
        var slow = Simulation.Run(Timings.OneTrainer with { ActionsPerSecond = 1 }, Seconds(0));

        Assert.Equal(21, slow.Durations.Mean - fast.Durations.Mean, 9);
    }

    /// <summary>A training of 30 hours holds the only trainer for longer than the day that a step may wait.</summary>
    [Fact]
    public void Run_WaitLongerThanTheDeadline_FailsTheTrainingAndTheRun()
    {
        var times = Timings.Round with { Epoch = (_, _) => TimeSpan.FromHours(30) };
        var run = Timings.Configure(1);
        run = run with { Configuration = run.Configuration with { SliceTimeoutMinutes = 40 * 60 } };

        var result = Simulation.Run(Timings.OneTrainer with { Times = times, Run = run }, Seconds(0, 10, 20, 30));

        Assert.Equal((4, 2), (result.Started, result.Completed));
        Assert.Contains(result.Failures, failure => failure.Key.Contains("TrainSlice took longer than", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_SameSeed_RepeatsItself()
    {
        var options = Timings.OneTrainer with { PerDay = 500, Trainers = 2, Times = StepTimes.Gpu };

        var first = ResultTable.Render(Simulation.Run(options));

        Assert.Equal(first, ResultTable.Render(Simulation.Run(options)));
        Assert.NotEqual(first, ResultTable.Render(Simulation.Run(options with { Seed = 2 })));
    }

    /// <summary>
    /// The log is that of one smoke run on an empty storage account. A later run on Functions differs from it. It looks for four files of
    /// the data set instead of one (3 reads more), reads the evaluations of champion and challenger (2 reads more) and does not add the
    /// first champion (1 write less). No verb shows its definition and device (2 reads less), and no local runner looks at its row before
    /// it begins (1 table read less). The last epoch of Model 4 was its best, which leaves one checkpoint instead of two (1 deletion).
    /// </summary>
    [Fact]
    public void Run_Smoke_AsksOfStorageWhatARealRunAsked()
    {
        var log = Path.Combine(AppContext.BaseDirectory, "smoke-access.log.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(log), CompressionMode.Decompress));
        var measured = AccessLog.Count(reader.ReadToEnd().Split('\n'));
        var smoke = Presets.Configure(new ComparisonOptions { Preset = "smoke", Models = Measured.Names }, _ => 1);

        var simulated = Simulation.Run(Timings.OneTrainer with { Run = smoke, Times = StepTimes.Cpu }, Seconds(0)).Storage.Sum;

        Assert.Equal(measured.BlobReads + 3 + 2 - 2, simulated.BlobReads);
        Assert.Equal(measured.BlobWrites, simulated.BlobWrites);
        Assert.Equal(measured.BlobDeletes - 1, simulated.BlobDeletes);
        Assert.Equal(measured.BlobLists, simulated.BlobLists);
        Assert.Equal(measured.TableReads - 1, simulated.TableReads);
        Assert.Equal(measured.TableWrites - 1, simulated.TableWrites);
    }

    [Fact]
    public void Run_ModelWithoutMeasuredTime_IsRefusedAndNamed()
    {
        var best = Presets.Configure(new ComparisonOptions { Preset = "best" }, _ => 1);

        var refused = Assert.Throws<InvalidInputException>(
            () => Simulation.Run(Timings.OneTrainer with { Run = best, Times = StepTimes.Gpu }));

        Assert.StartsWith("model: 'strong' has no measured time; choose a preset", refused.Message, StringComparison.Ordinal);
    }
}
