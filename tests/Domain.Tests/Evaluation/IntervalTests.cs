using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Domain.Tests.Evaluation;

public sealed class IntervalTests
{
    [Theory]
    // scipy.stats.binomtest(hits, total).proportion_ci(method='wilson')
    [InlineData(9028, 10_000, 0.8968383804179927, 0.9084522704945903)]
    [InlineData(0, 20, 0.0, 0.16112515805281935)]
    [InlineData(20, 20, 0.8388748419471808, 1.0)]
    [InlineData(7, 9, 0.4525889691069889, 0.9367748928821533)]
    public void Wilson_HitsOfTotal_IsSciPys(int hits, int total, double low, double high)
    {
        var interval = Interval.Wilson(hits, total);

        Assert.Equal(low, interval.Low, 10);
        Assert.Equal(high, interval.High, 10);
    }

    /// <summary>
    /// The share is hits / total by definition. Rounding of the formula alone misses it at 0 and 1 (statsmodels issue 7386).
    /// </summary>
    [Fact]
    public void Wilson_EveryShareOfUpTo2000_ContainsTheShareAndEndsAtZeroAndOne()
    {
        for (var total = 1; total <= 2000; total++)
        {
            Assert.Equal(0.0, Interval.Wilson(0, total).Low);
            Assert.Equal(1.0, Interval.Wilson(total, total).High);
            foreach (var hits in new[] { 0, 1, total / 2, total - 1, total })
            {
                Assert.InRange((double)hits / total, Interval.Wilson(hits, total).Low, Interval.Wilson(hits, total).High);
            }
        }
    }

    [Theory]
    // Newcombe 1998, method 10, as computed by
    // statsmodels 0.13.5: confint_proportions_2indep(hits1, n1, hits2, n2, method='newcomb', compare='diff')
    [InlineData(56, 70, 48, 80, 0.05243147240236498, 0.33387265403690614)]
    [InlineData(9, 10, 3, 10, 0.1705227239345029, 0.809017973535488)]
    [InlineData(10, 10, 0, 20, 0.6790860371419145, 1.0)]
    [InlineData(5, 56, 0, 29, -0.038137147903536936, 0.19256001385511165)]
    [InlineData(7, 8, 9028, 10_000, -0.3737343619189284, 0.07495559336814607)]
    public void Difference_TwoShares_IsNewcombes(int hits, int total, int otherHits, int otherTotal, double low, double high)
    {
        var interval = Interval.Difference((double)hits / total, total, (double)otherHits / otherTotal, otherTotal);

        Assert.Equal(low, interval.Low, 10);
        Assert.Equal(high, interval.High, 10);
    }

    [Fact]
    public void Difference_NotANumber_SaysNothing() => Assert.Equal(new Interval(-1, 1), Interval.Difference(double.NaN, 10, .5, 10));

    [Fact]
    public void Wilson_NothingCounted_SaysNothing() => Assert.Equal(new Interval(0, 1), Interval.Wilson(0, 0));
}
