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

    [Fact]
    public void Wilson_NothingCounted_SaysNothing() => Assert.Equal(new Interval(0, 1), Interval.Wilson(0, 0));
}
