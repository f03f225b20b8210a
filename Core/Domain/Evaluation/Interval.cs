namespace ServerlessFashion.Evaluation;

/// <summary>A confidence interval; both ends included.</summary>
public sealed record Interval(double Low, double High)
{
    /// <summary>The 97.5 % quantile of the normal distribution, for 95 % intervals.</summary>
    private const double NormalQuantile = 1.959963984540054;

    /// <summary>
    /// Wilson's 95 % score interval for a share: <paramref name="hits"/> of <paramref name="total"/> (Wilson 1927). Unlike the
    /// textbook interval it stays inside 0..1 and keeps its level for shares near the ends. The interval is 0..1 if
    /// <paramref name="total"/> is 0.
    /// </summary>
    public static Interval Wilson(int hits, int total)
    {
        if (total == 0)
        {
            return new Interval(0, 1);
        }

        var share = (double)hits / total;
        var z2 = NormalQuantile * NormalQuantile;
        var centre = (share + z2 / (2 * total)) / (1 + z2 / total);
        var half = NormalQuantile / (1 + z2 / total) * Math.Sqrt(share * (1 - share) / total + z2 / (4.0 * total * total));
        return new Interval(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
