namespace ServerlessFashion.Scale;

/// <summary>
/// Time that passes only when nothing is left to do at the present instant: a discrete-event scheduler in the guise of a
/// <see cref="TimeProvider"/>. Everything runs on the thread that calls <see cref="RunToEnd"/>, events of the same instant
/// in the order in which they were asked for, so that a simulation repeats itself exactly.
/// </summary>
internal sealed class VirtualClock : TimeProvider
{
    private readonly PriorityQueue<Event, (long At, long Number)> _events = new();
    private long _now;
    private long _number;

    private sealed class Event(Action run)
    {
        public Action Run { get; } = run;

        public bool Cancelled { get; set; }
    }

    /// <summary>Time since the start.</summary>
    public TimeSpan Now => TimeSpan.FromTicks(_now);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Calls <paramref name="run"/> after a time; disposing the result before that prevents it.</summary>
    public IDisposable Call(TimeSpan after, Action run) => CreateTimer(_ => run(), null, after, Timeout.InfiniteTimeSpan);

    /// <summary>Ends after a time.</summary>
    public Task DelayAsync(TimeSpan time)
    {
        // Not RunContinuationsAsynchronously: what follows belongs on this thread and to this instant.
        var done = new TaskCompletionSource();
        Enqueue(time, done.SetResult);
        return done.Task;
    }

    /// <summary>Lets time pass until nothing is left to do.</summary>
    public void RunToEnd()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Loop(this));
        try
        {
            while (_events.TryDequeue(out var next, out var due))
            {
                if (!next.Cancelled)
                {
                    _now = due.At;
                    next.Run();
                }
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private Event Enqueue(TimeSpan after, Action run)
    {
        var added = new Event(run);
        _events.Enqueue(added, (_now + Math.Max(0, after.Ticks), _number++));
        return added;
    }

    private sealed class Timer(VirtualClock clock, Action run) : ITimer
    {
        private Event? _event;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan)
            {
                throw new NotSupportedException("The simulation has no periodic timers.");
            }

            Dispose();
            _event = dueTime == Timeout.InfiniteTimeSpan ? null : clock.Enqueue(dueTime, run);
            return true;
        }

        public void Dispose() => _event?.Cancelled = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Returns continuations to the thread of the loop.</summary>
    private sealed class Loop(VirtualClock clock) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => clock.Enqueue(TimeSpan.Zero, () => d(state));
    }
}
