using System.Diagnostics;
using System.Diagnostics.Metrics;
using ServerlessFashion.Devices;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Telemetry;

/// <summary>Spans and metrics of epochs, and the time on GPUs.</summary>
public static class TrainingTelemetry
{
    private static readonly ActivitySource Source = new(TelemetryNames.TrainingSource);
    private static readonly Meter Meter = new(TelemetryNames.TrainingSource);

    /// <summary>The buckets reach from smoke runs to the largest trainings.</summary>
    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        TelemetryNames.EpochDuration, "s", "Time of one epoch.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [.1, .25, .5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000] });

    private static readonly Counter<long> Images = Meter.CreateCounter<long>(
        TelemetryNames.TrainingImages, "{image}", "Training images, counted in each epoch.");

    private static readonly Counter<double> GpuSeconds = Meter.CreateCounter<double>(
        TelemetryNames.GpuTime, "s", "Time for which training steps occupied a GPU.");

    /// <summary>Starts the span of one epoch.</summary>
    /// <param name="epoch">Counted from 1.</param>
    /// <returns>Null if there is no listener.</returns>
    public static Activity? StartEpoch(TrainingId training, DeviceChoice device, int epoch) => Source.StartActivity(
        TelemetryNames.EpochSpan, ActivityKind.Internal, Activity.Current?.Context ?? default,
        [
            new(TelemetryNames.RunIdTag, training.RunId),
            new(TelemetryNames.ModelTag, training.Model),
            new(TelemetryNames.SeedTag, training.Seed),
            new(TelemetryNames.DeviceTag, Name(device)),
            new(TelemetryNames.EpochTag, epoch),
        ]);

    /// <summary>Counts a finished epoch.</summary>
    /// <param name="seconds">Time of the epoch, including validation.</param>
    /// <param name="images">Training images of the epoch.</param>
    public static void CountEpoch(string model, DeviceChoice device, double seconds, int images)
    {
        var tags = new TagList { { TelemetryNames.ModelTag, model }, { TelemetryNames.DeviceTag, Name(device) } };
        Duration.Record(seconds, tags);
        Images.Add(images, tags);
    }

    /// <summary>Measures the time on a device until the result is disposed. Only GPU time is counted.</summary>
    public static DeviceTime OccupyDevice(DeviceChoice device, TimeProvider time) =>
        new(device == DeviceChoice.Cuda ? GpuSeconds : null, time);

    private static string Name(DeviceChoice device) => device.ToString().ToLowerInvariant();
}
