using System.Diagnostics.Metrics;

namespace ServerlessFashion.Telemetry;

/// <summary>The time of one step on its device, in seconds. Not thread-safe.</summary>
public sealed class DeviceTime : IDisposable
{
    private readonly Counter<double>? _seconds;
    private readonly TimeProvider _time;
    private long _counted;

    internal DeviceTime(Counter<double>? seconds, TimeProvider time)
    {
        _seconds = seconds;
        _time = time;
        _counted = time.GetTimestamp();
    }

    /// <summary>Adds the time since the last call, so the metric shows a long step before it ends or is killed.</summary>
    public void Count()
    {
        var now = _time.GetTimestamp();
        _seconds?.Add(_time.GetElapsedTime(_counted, now).TotalSeconds);
        _counted = now;
    }

    public void Dispose() => Count();
}
