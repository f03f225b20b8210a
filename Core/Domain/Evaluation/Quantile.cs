namespace ServerlessFashion.Evaluation;

/// <summary>
/// Quantiles of sorted values. MathNet.Numerics rounds type 7 differently in its last digit and lacks the lower kind, so
/// stored reports would not come out the same with it.
/// </summary>
public static class Quantile
{
    /// <summary>Linear interpolation between the two nearest values: type 7 of Hyndman and Fan 1996, NumPy's default.</summary>
    /// <param name="sorted">At least one value, in ascending order.</param>
    /// <param name="level">0..1.</param>
    public static double Interpolated(ReadOnlySpan<double> sorted, double level)
    {
        var (below, share) = Place(sorted.Length, level);
        return below + 1 < sorted.Length ? sorted[below] + share * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    /// <summary>The lower of the two nearest values: NumPy's method "lower".</summary>
    /// <inheritdoc cref="Interpolated"/>
    public static double Lower(ReadOnlySpan<double> sorted, double level) => sorted[Place(sorted.Length, level).Below];

    private static (int Below, double Share) Place(int count, double level)
    {
        var position = level * (count - 1);
        var below = (int)position;
        return (below, position - below);
    }
}
