namespace ServerlessFashion.Scale;

/// <summary>Times that many waited, in seconds.</summary>
internal sealed class Waits
{
    private readonly List<double> _seconds = [];
    private bool _sorted;

    public int Count => _seconds.Count;

    public double Mean => _seconds.Count == 0 ? 0 : _seconds.Average();

    public void Add(TimeSpan wait)
    {
        _seconds.Add(wait.TotalSeconds);
        _sorted = false;
    }

    /// <summary>The smallest time that at least this share did not exceed (nearest rank); zero when nobody waited.</summary>
    public double Percentile(double share)
    {
        if (!_sorted)
        {
            _seconds.Sort();
            _sorted = true;
        }

        return _seconds.Count == 0 ? 0 : _seconds[Math.Max(0, (int)Math.Ceiling(share * _seconds.Count) - 1)];
    }
}
