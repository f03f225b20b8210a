namespace ServerlessFashion.Client.Requests;

/// <summary>
/// Reports requests that wait for the server: the first within <see cref="Patience"/>, then one in <see cref="Interval"/>, however many
/// requests wait.
/// </summary>
/// <param name="server">The address as users write it.</param>
/// <param name="notices">Receives the notices, possibly on another thread; null for none.</param>
internal sealed class ServerWaits(string server, TimeProvider time, IProgress<ServerNotice>? notices)
{
    /// <summary>A shorter wait needs no words.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private long? _reported;
    private long? _failing;

    /// <summary>Begins the wait for the answer to a request. Dispose the result when the request has ended.</summary>
    public Wait Begin() => new(this);

    private void Report(long began, string state, bool hasFailed)
    {
        TimeSpan waited;
        lock (_gate)
        {
            if (_reported is { } last && time.GetElapsedTime(last) < Interval)
            {
                return;
            }

            _reported = time.GetTimestamp();
            if (hasFailed)
            {
                _failing ??= began;
            }

            waited = time.GetElapsedTime(_failing ?? began);
        }

        notices!.Report(new ServerNotice($"waiting for {server} for {waited.TotalSeconds:0} s: {state}"));
    }

    private void End()
    {
        TimeSpan waited;
        lock (_gate)
        {
            if (_failing is not { } began)
            {
                return;
            }

            waited = time.GetElapsedTime(began);
            (_reported, _failing) = (null, null);
        }

        notices?.Report(new ServerNotice($"{server} answers again after {waited.TotalSeconds:0} s"));
    }

    private ITimer? StartTimer(Wait wait)
    {
        var began = time.GetTimestamp();
        return notices is null ? null : time.CreateTimer(_ => Report(began, wait.State, wait.HasFailed), null, Patience, Patience);
    }

    /// <summary>A request that waits, with all its attempts.</summary>
    public sealed class Wait : IDisposable
    {
        private readonly ServerWaits _all;
        private readonly ITimer? _timer;
        private volatile string _state = "no answer yet";
        private volatile bool _hasFailed;

        public Wait(ServerWaits all)
        {
            _all = all;
            _timer = all.StartTimer(this);
        }

        /// <summary>What the request waits for, or why its last attempt failed.</summary>
        internal string State => _state;

        internal bool HasFailed => _hasFailed;

        /// <summary>An attempt has failed, and another one may follow.</summary>
        /// <param name="reason">A few words without a full stop.</param>
        public void Fail(string reason)
        {
            _state = reason;
            _hasFailed = true;
        }

        /// <summary>The server has begun its answer.</summary>
        public void Answer()
        {
            _state = "its answer is not complete yet";
            _all.End();
        }

        public void Dispose() => _timer?.Dispose();
    }
}
