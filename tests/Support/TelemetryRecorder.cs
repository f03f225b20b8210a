using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ServerlessFashion.Tests;

/// <summary>One value of an instrument, with its tags as <c>name=value</c> in alphabetical order.</summary>
internal sealed record Measured(string Instrument, string? Unit, double Value, string Tags);

/// <summary>
/// Listens to the program's spans and metrics until it is disposed. Instruments belong to the whole process, so it keeps only what comes
/// from its own test: what its creator, or anything that its creator has called, emits.
/// </summary>
internal sealed class TelemetryRecorder : IDisposable
{
    private static readonly AsyncLocal<TelemetryRecorder?> Current = new();

    private readonly ActivityListener _spans;
    private readonly MeterListener _metrics = new();
    private readonly List<Activity> _ended = [];
    private readonly List<Measured> _measured = [];

    public TelemetryRecorder()
    {
        Current.Value = this;
        _spans = new ActivityListener
        {
            ShouldListenTo = source => IsOurs(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Keep,
        };
        ActivitySource.AddActivityListener(_spans);
        _metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (IsOurs(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _metrics.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _metrics.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _metrics.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _metrics.Start();
    }

    /// <summary>The spans that ended, in that order.</summary>
    public IReadOnlyList<Activity> Spans
    {
        get
        {
            lock (_ended)
            {
                return [.. _ended];
            }
        }
    }

    /// <summary>The values of all instruments, in the order in which they came.</summary>
    public IReadOnlyList<Measured> AllValues
    {
        get
        {
            lock (_measured)
            {
                return [.. _measured];
            }
        }
    }

    /// <summary>The values of one instrument, in the order in which they came.</summary>
    public IReadOnlyList<Measured> Values(string instrument) => [.. AllValues.Where(value => value.Instrument == instrument)];

    /// <summary>Reads the gauges once.</summary>
    public void ReadGauges() => _metrics.RecordObservableInstruments();

    public void Dispose()
    {
        _spans.Dispose();
        _metrics.Dispose();
    }

    private static bool IsOurs(string name) => name.StartsWith("ServerlessFashion.", StringComparison.Ordinal);

    private void Keep(Activity span)
    {
        if (Current.Value == this)
        {
            lock (_ended)
            {
                _ended.Add(span);
            }
        }
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Current.Value == this)
        {
            var text = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
            lock (_measured)
            {
                _measured.Add(new Measured(instrument.Name, instrument.Unit, value, text));
            }
        }
    }
}
