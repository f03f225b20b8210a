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

    [Fact]
    public void Fit_AlwaysRight_GoesToTheColdEnd() =>
        Assert.Equal(0.05, TemperatureScaling.Fit(new ScoredSet([0, 1], [0, 1], [1, 0, 0, 1])), 6);

    [Fact]
    public void Fit_AlwaysWrong_GoesToTheHotEnd() =>
        Assert.Equal(20, TemperatureScaling.Fit(new ScoredSet([0, 1], [1, 0], [1, 0, 0, 1])), 6);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Fit_LogitThatIsNotFinite_LeavesTheProbabilitiesAlone(float logit) =>
        Assert.Equal(1, TemperatureScaling.Fit(new ScoredSet([0], [0], [logit, 1])));

    [Fact]
    public void Fit_NoImages_IsOne() => Assert.Equal(1, TemperatureScaling.Fit(new ScoredSet([], [], [])));
}
