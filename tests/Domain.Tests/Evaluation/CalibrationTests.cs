using ServerlessFashion.Evaluation;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Domain.Tests.Evaluation;

public sealed class CalibrationTests
{
    [Fact]
    public void Measure_ReferenceCase_IsNumPysAndScikitLearns()
    {
        var calibration = Calibration.Measure(ClassProbabilities.Softmax(ReferenceCase.Scores), ReferenceCase.Truth);

        // P = softmax(z); c = P.max(1); 15 bins (a, b]: sum(n_b * |accuracy_b - c_b|) / 200
        Assert.Equal(0.24338587424128136, calibration.Ece, 10);
        // sklearn.metrics.log_loss(truth, P)
        Assert.Equal(1.4456673747109756, calibration.NegativeLogLikelihood, 10);
        // ((P - eye(5)[truth])**2).sum(1).mean()
        Assert.Equal(0.6956918886444052, calibration.Brier, 10);
        Assert.Equal(200, calibration.Bins.Sum(bin => bin.Count));
    }

    [Fact]
    public void Measure_HandWorkedCase_IsExact()
    {
        // Confidence .9 wrong and .9 right: bin accuracy .5, ECE .4. NLL = -(ln .1 + ln .9)/2. Brier = (2*.81 + 2*.01)/2.
        var calibration = Calibration.Measure([.9, .1, .9, .1], [1, 0]);

        Assert.Equal(0.4, calibration.Ece, 12);
        Assert.Equal(-(Math.Log(.1) + Math.Log(.9)) / 2, calibration.NegativeLogLikelihood, 12);
        Assert.Equal(0.82, calibration.Brier, 12);
        Assert.Equal((2, 0.5), (calibration.Bins[13].Count, calibration.Bins[13].Accuracy));
    }

    [Fact]
    public void Measure_CertainAndRight_IsPerfectAndInTheLastBin()
    {
        var calibration = Calibration.Measure([1, 0], [0]);

        Assert.Equal((0, 0, 0), (calibration.Ece, calibration.NegativeLogLikelihood, calibration.Brier));
        Assert.Equal(1, calibration.Bins[^1].Count);
    }

    [Fact]
    public void Measure_CertainAndWrong_HasALargeFiniteLikelihood() =>
        Assert.InRange(Calibration.Measure([1, 0], [1]).NegativeLogLikelihood, 700, 800);

    [Fact]
    public void Measure_ProbabilitiesThatAreNoNumbers_LeavesThemOutOfTheBins() =>
        Assert.Equal(1, Calibration.Measure([double.NaN, double.NaN, .8, .2], [0, 0]).Bins.Sum(bin => bin.Count));
}
