using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ServerlessFashion.Telemetry;

/// <summary>Spans and metrics of prediction requests and uploads.</summary>
public static class PredictionTelemetry
{
    private static readonly ActivitySource Source = new(TelemetryNames.PredictionSource);
    private static readonly Meter Meter = new(TelemetryNames.PredictionSource);

    /// <summary>A single image takes milliseconds, a large upload minutes.</summary>
    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        TelemetryNames.PredictionDuration, "s", "Time of one prediction request or one upload.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 25, 50, 100, 250] });

    private static readonly Counter<long> Poisoned = Meter.CreateCounter<long>(
        TelemetryNames.IncomingPoisoned, "{upload}", "Uploads whose prediction failed for good.");

    /// <summary>Runs one prediction request in a span, and measures its time, also if it fails.</summary>
    public static Task<T> MeasureRequestAsync<T>(TimeProvider time, Func<Task<T>> predict) => MeasureAsync([], time, predict);

    /// <summary>Runs the prediction of one upload in a span, and measures its time, also if it fails.</summary>
    public static Task<T> MeasureUploadAsync<T>(string name, TimeProvider time, Func<Task<T>> predict) =>
        MeasureAsync([new(TelemetryNames.UploadTag, name)], time, predict);

    /// <summary>Counts an upload whose prediction failed for good.</summary>
    public static void CountPoisoned() => Poisoned.Add(1);

    private static async Task<T> MeasureAsync<T>(KeyValuePair<string, object?>[] tags, TimeProvider time, Func<Task<T>> predict)
    {
        using var span = Source.StartActivity(
            TelemetryNames.PredictionSpan, ActivityKind.Internal, Activity.Current?.Context ?? default, tags);
        var started = time.GetTimestamp();
        try
        {
            return await predict();
        }
        catch (Exception e)
        {
            span.RecordFailure(e);
            throw;
        }
        finally
        {
            Duration.Record(time.GetElapsedTime(started).TotalSeconds);
        }
    }
}
