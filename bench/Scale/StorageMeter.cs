namespace ServerlessFashion.Scale;

/// <summary>Counts requests and, spread over the time of the step that makes them, their rate.</summary>
internal sealed class StorageMeter(VirtualClock clock)
{
    /// <summary>How the rate changes at the start of each second.</summary>
    private readonly List<double> _changes = [];

    public Requests Sum { get; private set; }

    /// <summary>Highest mean of one second, in requests a second.</summary>
    public double Peak
    {
        get
        {
            var (rate, peak) = (0.0, 0.0);
            foreach (var change in _changes)
            {
                rate += change;
                peak = Math.Max(peak, rate);
            }

            return peak;
        }
    }

    /// <param name="time">From now on; less than a second counts as one.</param>
    public void Add(Requests requests, TimeSpan time)
    {
        Sum += requests;
        var first = (int)clock.Now.TotalSeconds;
        var seconds = Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
        var rate = requests.Total / seconds;
        Change(first, rate);
        Change(first + seconds, -rate);
    }

    private void Change(int second, double rate)
    {
        while (_changes.Count <= second)
        {
            _changes.Add(0);
        }

        _changes[second] += rate;
    }
}
