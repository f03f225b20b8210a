using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Storage.Requests;

/// <summary>
/// Reports requests that wait for the storage account: the first within <see cref="Patience"/>, then one in
/// <see cref="Interval"/>, however many requests wait.
/// </summary>
public sealed class StorageWaits(TimeProvider time, ILogger<StorageWaits>? log = null, IProgress<StorageNotice>? notices = null)
{
    /// <summary>Time after which a waiting request is reported.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly ILogger _log = log ?? NullLogger<StorageWaits>.Instance;
    private readonly Lock _gate = new();
    private long? _reported;

    /// <summary>A request that may wait. Dispose it when the request has ended.</summary>
    internal sealed class Request : IDisposable
    {
        private readonly StorageWaits _waits;
        private readonly string _target;
        private readonly long _began;
        private readonly ITimer _timer;
        private bool _reported;

        public Request(StorageWaits waits, string target)
        {
            (_waits, _target) = (waits, target);
            _began = waits.Clock.GetTimestamp();
            _timer = waits.Clock.CreateTimer(_ => Report(), null, Patience, Patience);
        }

        /// <summary>The failure of the last attempt; null while the first one lasts.</summary>
        public string? Failure { get; set; }

        public void Dispose()
        {
            _timer.Dispose();
            if (_reported)
            {
                _waits.End(_target, _waits.Clock.GetElapsedTime(_began), Failure);
            }
        }

        private void Report()
        {
            _reported |= _waits.Report(_target, _waits.Clock.GetElapsedTime(_began), Failure);
        }
    }

    private TimeProvider Clock => time;

    private bool Report(string target, TimeSpan waited, string? failure)
    {
        lock (_gate)
        {
            if (_reported is { } last && time.GetElapsedTime(last) < Interval)
            {
                return false;
            }

            _reported = time.GetTimestamp();
        }

        var reason = failure ?? "no answer yet";
        _log.StorageWaits(target, waited.TotalSeconds, reason);
        notices?.Report(new StorageNotice($"waiting for storage at {target} for {waited.TotalSeconds:0} s: {reason}"));
        return true;
    }

    /// <param name="failure">Null if the request was answered.</param>
    private void End(string target, TimeSpan waited, string? failure)
    {
        if (failure is not null)
        {
            return;
        }

        lock (_gate)
        {
            _reported = null;
        }

        _log.StorageAnswers(target, waited.TotalSeconds);
        notices?.Report(new StorageNotice($"storage at {target} answers again after {waited.TotalSeconds:0} s"));
    }
}
