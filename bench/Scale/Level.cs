namespace ServerlessFashion.Scale;

/// <summary>How many of something there are, over time.</summary>
internal sealed class Level(VirtualClock clock)
{
    private TimeSpan _since;
    private double _seconds;

    public int Value { get; private set; }

    public int Peak { get; private set; }

    /// <summary>The sum over all of them of the time that each was there, in hours.</summary>
    public double Hours => (_seconds + (Value * (clock.Now - _since).TotalSeconds)) / 3600;

    public void Add(int change)
    {
        _seconds += Value * (clock.Now - _since).TotalSeconds;
        _since = clock.Now;
        Value += change;
        Peak = Math.Max(Peak, Value);
    }
}
