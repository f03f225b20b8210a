using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Tests.Display;

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
    public void Remaining_NothingDone_IsUnknown() => Assert.Null(Monitor("model1").Remaining);

    /// <summary>From 0 to 20 % in 40 s leaves 80 % at the same pace: 160 s.</summary>
    [Fact]
    public void Remaining_OneModel_GoesByItsPace()
    {
        var monitor = Monitor("model1");
        monitor.Report(Progress("model1", 1, 0));
        _time.Advance(TimeSpan.FromSeconds(40));
        monitor.Report(Progress("model1", 2, 10));

        Assert.Equal(160, monitor.Remaining!.Value.TotalSeconds, 6);
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

        Assert.Equal(20, monitor.Remaining!.Value.TotalSeconds, 6);
        Assert.Equal((3, 2.0 / 3), (monitor.States[0].TotalEpochs, monitor.States[0].Done));
    }

    /// <summary>Resumed at 50 %, 10 % more in 30 s leave 40 %: 120 s; the first half is not this process's pace.</summary>
    [Fact]
    public void Remaining_ResumedModel_DoesNotCountWhatWasDoneBefore()
    {
        var monitor = Monitor("model1");
        monitor.Report(Progress("model1", 6, 0));
        _time.Advance(TimeSpan.FromSeconds(30));
        monitor.Report(Progress("model1", 6, 10));

        Assert.Equal(120, monitor.Remaining!.Value.TotalSeconds, 6);
    }
}
