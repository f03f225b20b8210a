namespace ServerlessFashion.Evaluation;

/// <summary>A confidence interval; both ends included.</summary>
public sealed record Interval(double Low, double High)
{
    /// <summary>The 97.5 % quantile of the normal distribution, for 95 % intervals.</summary>
    private const double NormalQuantile = 1.959963984540054;

    /// <summary>
    /// Wilson's 95 % score interval for a share: <paramref name="hits"/> of <paramref name="total"/> (Wilson 1927). Unlike the
    /// textbook interval it stays inside 0..1 and keeps its level for shares near the ends. It always contains the share, and it ends
    /// exactly at 0 or 1 where the share does. The interval is 0..1 if <paramref name="total"/> is 0.
    /// </summary>
    public static Interval Wilson(int hits, int total) => total == 0 ? new Interval(0, 1) : Wilson((double)hits / total, total);

    /// <summary>
    /// The 95 % interval of the difference of two shares of independent images, from both Wilson intervals (Newcombe 1998, method 10).
    /// It is -1..1 if a share is not a number.
    /// </summary>
    /// <param name="firstTotal">Images of the first share; with none, its interval is 0..1.</param>
    /// <param name="secondTotal">Likewise.</param>
    public static Interval Difference(double first, int firstTotal, double second, int secondTotal)
    {
        if (!double.IsFinite(first) || !double.IsFinite(second))
        {
            return new Interval(-1, 1);
        }

        var (a, b) = (Wilson(first, firstTotal), Wilson(second, secondTotal));
        return new Interval(
            first - second - double.Hypot(first - a.Low, b.High - second), first - second + double.Hypot(a.High - first, second - b.Low));
    }

    /// <summary>True if <paramref name="value"/> lies between the ends, both included.</summary>
    public bool Contains(double value) => Low <= value && value <= High;

    private static Interval Wilson(double share, int total)
    {
        if (total == 0)
        {
            return new Interval(0, 1);
        }

        var z2 = NormalQuantile * NormalQuantile;
        var centre = (share + z2 / (2 * total)) / (1 + z2 / total);
        var half = NormalQuantile / (1 + z2 / total) * Math.Sqrt(share * (1 - share) / total + z2 / (4.0 * total * total));

        // At 0 and 1 one end equals the share; the formula misses it by a rounding error, on either side.
        return new Interval(share <= 0 ? 0 : Math.Min(share, centre - half), share >= 1 ? 1 : Math.Max(share, centre + half));
    }
}
