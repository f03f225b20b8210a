using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace ServerlessFashion.Evaluation;

/// <summary>Tests for classifiers that predicted the same images.</summary>
public static class PairedTests
{
    /// <summary>
    /// McNemar's test, exact: two-sided binomial p value of the images that only one of two models labels correctly. Both sides are
    /// equally likely if the models are equally good (McNemar 1947). The p value is 1 if the models never differ.
    /// </summary>
    public static double McNemarExact(int onlyFirstRight, int onlySecondRight)
    {
        var differing = onlyFirstRight + onlySecondRight;
        return differing == 0 ? 1 : Math.Min(1, 2 * Binomial.CDF(0.5, differing, Math.Min(onlyFirstRight, onlySecondRight)));
    }

    /// <summary>
    /// McNemar's test with Edwards' continuity correction: (|b - c| - 1)^2 / (b + c), chi-square with one degree of freedom.
    /// </summary>
    public static ChiSquareTest McNemarCorrected(int onlyFirstRight, int onlySecondRight)
    {
        var differing = onlyFirstRight + onlySecondRight;
        var distance = Math.Max(0, Math.Abs(onlyFirstRight - onlySecondRight) - 1);
        return differing == 0 ? new ChiSquareTest(0, 1, 1) : ChiSquare((double)distance * distance / differing, 1);
    }

    /// <summary>
    /// Cochran's Q tests whether all models are correct equally often (Cochran 1950). Chi-square with models - 1 degrees of
    /// freedom.
    /// </summary>
    /// <param name="right">One row per model with the correctness of each image. Rows have equal length.</param>
    public static ChiSquareTest CochranQ(IReadOnlyList<bool[]> right)
    {
        var models = right.Count;
        if (models < 2)
        {
            return new ChiSquareTest(0, 0, 1);
        }

        double total = 0, imageSquares = 0;
        for (var i = 0; i < right[0].Length; i++)
        {
            var rights = right.Count(row => row[i]);
            total += rights;
            imageSquares += (double)rights * rights;
        }

        var modelSquares = right.Select(row => (double)row.Count(hit => hit)).Sum(hits => hits * hits);
        var spread = models * total - imageSquares;
        return spread == 0
            ? new ChiSquareTest(0, models - 1, 1)
            : ChiSquare((models - 1) * (models * modelSquares - total * total) / spread, models - 1);
    }

    /// <summary>
    /// Holm's step-down adjustment (Holm 1979): adjusted p values, in the given order, that can be compared with one level for the
    /// whole family.
    /// </summary>
    public static double[] Holm(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var smallestFirst = Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]).ToArray();
        var running = 0.0;
        for (var rank = 0; rank < smallestFirst.Length; rank++)
        {
            running = Math.Max(running, Math.Min(1, pValues[smallestFirst[rank]] * (pValues.Count - rank)));
            adjusted[smallestFirst[rank]] = running;
        }

        return adjusted;
    }

    private static ChiSquareTest ChiSquare(double statistic, int degreesOfFreedom) =>
        new(statistic, degreesOfFreedom, SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2.0, statistic / 2));
}

/// <param name="PValue">Upper tail of the chi-square distribution.</param>
public sealed record ChiSquareTest(double Statistic, int DegreesOfFreedom, double PValue);
