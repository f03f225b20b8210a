using ServerlessFashion.Evaluation;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Domain.Tests.Evaluation;

public sealed class TemperatureScalingTests
{
    [Fact]
    public void Fit_ReferenceCase_IsSciPysMinimum()
    {
        var temperature = TemperatureScaling.Fit(ReferenceCase.Scores);

        // scipy.optimize.minimize_scalar(nll, bounds=(.05, 20), method='bounded'): x, fun
        Assert.Equal(2.009562201350902, temperature, 6);
        var after = Calibration.Measure(ClassProbabilities.Softmax(ReferenceCase.Scores, temperature), ReferenceCase.Truth);
        Assert.Equal(1.2653872936739905, after.NegativeLogLikelihood, 10);
    }

    [Theory]
    [InlineData(new byte[] { 0, 1 }, 0.05)]
    [InlineData(new byte[] { 1, 0 }, 20)]
    public void Fit_AlwaysRightOrAlwaysWrong_GoesToALimit(byte[] truth, double limit)
    {
        var temperature = TemperatureScaling.Fit(new ScoredSet([0, 1], truth, [1, 0, 0, 1]));

        Assert.Equal(limit, temperature, 6);
        Assert.True(TemperatureScaling.IsAtLimit(temperature));
    }

    [Theory]
    [InlineData(0.0501)]
    [InlineData(1)]
    [InlineData(19.99)]
    public void IsAtLimit_TemperatureInside_IsFalse(double temperature) => Assert.False(TemperatureScaling.IsAtLimit(temperature));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Fit_LogitThatIsNotFinite_LeavesTheProbabilitiesAlone(float logit) =>
        Assert.Equal(1, TemperatureScaling.Fit(new ScoredSet([0], [0], [logit, 1])));

    [Fact]
    public void Fit_NoImages_IsOne() => Assert.Equal(1, TemperatureScaling.Fit(new ScoredSet([], [], [])));
}
