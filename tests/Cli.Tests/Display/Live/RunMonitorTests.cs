using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Display.Live;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Tests.Display.Live;

public class RunMonitorTests
{
    private readonly FakeTimeProvider _time = new();

    private RunMonitor Monitor(params string[] models) => new(
        Presets.Configure(
            new ComparisonOptions { Preset = "report", Models = models, Epochs = models.ToDictionary(name => name, _ => 10) }, _ => 1),
        _time, _ => { }, _ => { });

    private static TrainingProgress Progress(string model, int epoch, int batch) => new(
        model, 1, "training", epoch, 10, batch, 10, 0, 0, null);

    [Fact]
    public void Remaining_NothingDone_IsUnknown() => Assert.Null(Monitor("model1").Progress.Remaining);

    /// <summary>From 0 to 20 % in 40 s leaves 80 % at the same pace: 160 s.</summary>
    [Fact]
    public void Remaining_OneModel_GoesByItsPace()
    {
        var monitor = Monitor("model1");
        monitor.Report(Progress("model1", 1, 0));
        _time.Advance(TimeSpan.FromSeconds(40));
        monitor.Report(Progress("model1", 2, 10));

        Assert.Equal(160, monitor.Progress.Remaining!.Value.TotalSeconds, 6);
    }

    /// <summary>
    /// Two of ten epochs take 40 s. Then early stopping leaves one more epoch, of three in total: 20 s. The seven epochs that never
    /// come do not count as work done.
    /// </summary>
    [Fact]
    public void Remaining_TotalThatFalls_CountsTheEpochsThatMayStillCome()
    {
        var monitor = Monitor("model1");
        monitor.Report(Progress("model1", 1, 0));
        _time.Advance(TimeSpan.FromSeconds(40));
        monitor.Report(Progress("model1", 2, 10) with { TotalEpochs = 3 });

        Assert.Equal(20, monitor.Progress.Remaining!.Value.TotalSeconds, 6);
        Assert.Equal((3, 2.0 / 3), (monitor.Progress.Trainings[0].TotalEpochs, monitor.Progress.Trainings[0].Done));
    }

    /// <summary>The checkpoint of an epoch is stored while the next one trains, so that the report of its end may come late.</summary>
    [Fact]
    public void Report_EpochEndsAfterTheNextBegan_StaysInTheNext()
    {
        var monitor = Monitor("model1");
        monitor.Report(Progress("model1", 3, 4));

        monitor.Report(Progress("model1", 2, 10) with { Completed = new EpochRow(2, "all", .5, .8, .6, .75, .001, 12) });

        var training = monitor.Progress.Trainings[0];
        Assert.Equal((3, .4, .75), (training.Epoch, training.EpochShare, training.Best));
    }

    /// <summary>Resumed at 50 %, 10 % more in 30 s leave 40 %: 120 s; the first half is not this process's pace.</summary>
    [Fact]
    public void Remaining_ResumedModel_DoesNotCountWhatWasDoneBefore()
    {
        var monitor = Monitor("model1");
        monitor.Report(Progress("model1", 6, 0));
        _time.Advance(TimeSpan.FromSeconds(30));
        monitor.Report(Progress("model1", 6, 10));

        Assert.Equal(120, monitor.Progress.Remaining!.Value.TotalSeconds, 6);
    }

    /// <summary>
    /// Model 1 has 8 epochs of 10 s left. An epoch of model 3 costs more, so its nine epochs in 20 s promise that all is soon over.
    /// </summary>
    [Fact]
    public void Remaining_OneTrainingNeedsLonger_IsNotLessThanThat()
    {
        var monitor = Monitor("model1", "model3");
        monitor.Report(Progress("model1", 1, 0));
        monitor.Report(Progress("model3", 1, 0));
        _time.Advance(TimeSpan.FromSeconds(20));
        monitor.Report(Progress("model3", 9, 10));
        monitor.Report(Progress("model1", 2, 10) with { Completed = new EpochRow(2, "all", .5, .6, .7, .8, .001, 10) });

        Assert.Equal(80, monitor.Progress.Remaining!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void Report_EndedTrainings_AreDoneFailedOrStopped()
    {
        var monitor = Monitor("model1", "model3", "model4");
        Report(new TrainingOutcome("model1", 1, new EvaluatedModel("model1", 1, .9, .8), null, Cancelled: false));
        Report(new TrainingOutcome("model3", 1, null, "out of memory", Cancelled: false));
        Report(new TrainingOutcome("model4", 1, null, null, Cancelled: true));

        Assert.Equal(
            [TrainingStage.Completed, TrainingStage.Failed, TrainingStage.Stopped],
            monitor.Progress.Trainings.Select(training => training.Stage));
        Assert.Equal(.9, monitor.Progress.Trainings[0].Best);
        Assert.Null(monitor.Progress.Remaining);

        void Report(TrainingOutcome outcome) => monitor.Report(new WorkflowProgress("training", 1, 3) { Ended = outcome });
    }

    [Fact]
    public void End_CancelledRun_KeepsWhatIsDoneAndStopsTheRest()
    {
        var monitor = Monitor("model1", "model3");
        monitor.Report(Progress("model3", 3, 5));
        monitor.Report(new WorkflowProgress("training", 1, 2)
        {
            Ended = new TrainingOutcome("model1", 1, new EvaluatedModel("model1", 1, .9, .8), null, Cancelled: false),
        });

        monitor.End(new ComparisonOutcome(RunStatus.Cancelled, null, null, []));

        Assert.Equal(
            [TrainingStage.Completed, TrainingStage.Stopped], monitor.Progress.Trainings.Select(training => training.Stage));
        Assert.Equal((.25, "Cancelled"), (monitor.Progress.Trainings[1].Done, monitor.Progress.Stage));
    }

    /// <summary>A failed training has nothing left to do: of 2 x 10 epochs, 5 are done in 50 s, and 5 are left.</summary>
    [Fact]
    public void Remaining_FailedTraining_HasNoWorkLeft()
    {
        var twins = new RunMonitor(
            Presets.Configure(
                new ComparisonOptions
                {
                    Preset = "report",
                    Models = ["model1"],
                    Seeds = 2,
                    Epochs = new Dictionary<string, int> { ["model1"] = 10 },
                },
                _ => 1),
            _time, _ => { }, _ => { });
        twins.Report(Progress("model1", 1, 0));
        _time.Advance(TimeSpan.FromSeconds(50));
        twins.Report(Progress("model1", 5, 10));
        twins.Report(new WorkflowProgress("training", 0, 2) { Ended = new TrainingOutcome("model1", 2, null, "failed", Cancelled: false) });

        Assert.Equal(50, twins.Progress.Remaining!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void Begin_ResumedRun_StartsFromWhatIsStored()
    {
        var monitor = Monitor("model1", "model3");
        var row = new EpochRow(2, "all", .5, .6, .7, .8, .001, 10);
        monitor.Begin(
        [
            new TrainingStatus("model1", 1, TrainingStage.Completed, [row], 10, 10, 10, null,
                new EvaluatedModel("model1", 1, .9, .8), null),
            new TrainingStatus("model3", 1, TrainingStage.Stopped, [row, row], 10, 10, 10, null, null, null) { Best = row },
        ]);

        var trainings = monitor.Progress.Trainings;
        Assert.Equal((TrainingStage.Completed, .9), (trainings[0].Stage, trainings[0].Best));
        Assert.Equal((TrainingStage.Waiting, .2, .8), (trainings[1].Stage, trainings[1].Done, trainings[1].Best));
    }
}
