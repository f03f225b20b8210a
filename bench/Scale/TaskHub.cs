namespace ServerlessFashion.Scale;

/// <summary>The task hub. It dispatches a limited number of messages a second, one after the other.</summary>
/// <param name="actionsPerSecond">Actions per second as the scheduler counts them; infinity for no limit.</param>
internal sealed class TaskHub(VirtualClock clock, double actionsPerSecond)
{
    private readonly TimeSpan _each = TimeSpan.FromSeconds(1 / actionsPerSecond);
    private TimeSpan _free;

    public double ActionsPerSecond => actionsPerSecond;

    public long Actions { get; private set; }

    public Waits Waits { get; } = new();

    /// <summary>Ends when the message has been dispatched.</summary>
    public Task DispatchAsync()
    {
        var start = _free > clock.Now ? _free : clock.Now;
        _free = start + _each;
        Actions++;
        Waits.Add(start - clock.Now);
        return _free == clock.Now ? Task.CompletedTask : clock.DelayAsync(_free - clock.Now);
    }
}
