using ServerlessFashion.Evaluation;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Domain.Tests.Evaluation;

public sealed class PairedTestsTests
{
    [Theory]
    // scipy.stats.binomtest(b, b + c, .5).pvalue; (|b-c|-1)**2/(b+c); scipy.stats.chi2.sf(that, 1)
    [InlineData(12, 5, 0.143463134765625, 2.1176470588235294, 0.1456100953968629)]
    [InlineData(40, 61, 0.04604406692934279, 3.9603960396039604, 0.04658274252301569)]
    [InlineData(0, 7, 0.015625, 5.142857142857143, 0.02334220201289086)]
    [InlineData(3, 3, 1.0, 0.0, 1.0)]
    [InlineData(1185, 1641, 9.699567991026887e-18, 73.25725406935598, 1.1380613332755892e-17)]
    public void McNemar_DisagreeingImages_IsSciPys(int onlyFirst, int onlySecond, double exact, double statistic, double corrected)
    {
        AssertClose(exact, PairedTests.McNemarExact(onlyFirst, onlySecond));
        AssertClose(exact, PairedTests.McNemarExact(onlySecond, onlyFirst));
        var test = PairedTests.McNemarCorrected(onlyFirst, onlySecond);
        AssertClose(statistic, test.Statistic);
        AssertClose(corrected, test.PValue);
        Assert.Equal(1, test.DegreesOfFreedom);
    }

    [Fact]
    public void McNemar_NoDisagreement_IsOne()
    {
        Assert.Equal(1, PairedTests.McNemarExact(0, 0));
        Assert.Equal(new ChiSquareTest(0, 1, 1), PairedTests.McNemarCorrected(0, 0));
    }

    [Theory]
    // G = X.sum(1), L = X.sum(0): Q = (k-1)*(k*sum(G**2) - sum(G)**2) / (k*sum(L) - sum(L**2)); scipy.stats.chi2.sf(Q, k-1)
    [InlineData(3, 4.427350427350428, 0.1092982151591734)]
    [InlineData(4, 7.613592233009709, 0.054710504148680374)]
    public void CochranQ_ReferenceCase_IsNumPysAndSciPys(int models, double statistic, double pValue)
    {
        var test = PairedTests.CochranQ(ReferenceCase.Right[..models]);

        AssertClose(statistic, test.Statistic);
        AssertClose(pValue, test.PValue);
        Assert.Equal(models - 1, test.DegreesOfFreedom);
    }

    [Fact]
    public void CochranQ_TwoModels_IsMcNemarWithoutCorrection()
    {
        // 3 images only the first gets right, 1 only the second: (3 - 1)^2 / 4 = 1
        bool[][] right = [[true, true, true, false, true, false], [false, false, false, true, true, false]];

        AssertClose(1, PairedTests.CochranQ(right).Statistic);
    }

    [Fact]
    public void CochranQ_ModelsThatAgreeEverywhere_IsOne() =>
        Assert.Equal(1, PairedTests.CochranQ([[true, false], [true, false], [true, false]]).PValue);

    [Fact]
    public void Holm_FourPValues_AreThoseWorkedByHand()
    {
        // sorted .005 .01 .03 .04 -> x4 x3 x2 x1 = .02 .03 .06 .04 -> running maximum .02 .03 .06 .06
        var adjusted = PairedTests.Holm([0.01, 0.04, 0.03, 0.005]);

        Assert.Equal([0.03, 0.06, 0.06, 0.02], adjusted.Select(p => Math.Round(p, 12)));
    }

    [Fact]
    public void Holm_LargePValues_StopAtOne() => Assert.Equal([1, 1], PairedTests.Holm([0.9, 0.8]));

    private static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Max(Math.Abs(expected), 1e-30), $"expected {expected:R}, got {actual:R}");
}
