using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Devices;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Telemetry.Tests;

public sealed class TrainingTelemetryTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void CountEpoch_OnAGpu_RecordsSecondsAndImagesOfModelAndDevice()
    {
        using var recorder = new TelemetryRecorder();

        TrainingTelemetry.CountEpoch("model1", DeviceChoice.Cuda, 1.5, 48_000);

        const string tags = "fashion.device=cuda fashion.model.name=model1";
        Assert.Equal([new Measured("fashion.training.epoch.duration", "s", 1.5, tags)], recorder.Values("fashion.training.epoch.duration"));
        Assert.Equal([new Measured("fashion.training.images", "{image}", 48_000, tags)], recorder.Values("fashion.training.images"));
    }

    [Fact]
    public void OccupyDevice_Gpu_CountsTheTimeWhileTheStepRunsAndAtItsEnd()
    {
        using var recorder = new TelemetryRecorder();

        using (var occupied = TrainingTelemetry.OccupyDevice(DeviceChoice.Cuda, _time))
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            occupied.Count();
            _time.Advance(TimeSpan.FromSeconds(.5));
        }

        Assert.Equal([2, .5], recorder.Values("fashion.training.gpu.time").Select(value => value.Value));
        Assert.All(recorder.Values("fashion.training.gpu.time"), value => Assert.Equal(("s", ""), (value.Unit, value.Tags)));
    }

    [Fact]
    public void OccupyDevice_Cpu_CountsNothing()
    {
        using var recorder = new TelemetryRecorder();

        using (TrainingTelemetry.OccupyDevice(DeviceChoice.Cpu, _time))
        {
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Empty(recorder.Values("fashion.training.gpu.time"));
    }
}
