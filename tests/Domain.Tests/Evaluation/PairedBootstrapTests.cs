using ServerlessFashion.Evaluation;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Domain.Tests.Evaluation;

public sealed class PairedBootstrapTests
{
    [Fact]
    public void Difference_SameDrawsInPython_IsTheSameInterval()
    {
        // SplitMix64(657) and its multiply-shift bound written in Python; 300 times 200 draws of rows of X = right:
        // numpy.quantile([(X[0][draw].sum() - X[1][draw].sum()) / 200 ...], [.025, .975])
        var interval = PairedBootstrap.Run(ReferenceCase.Right[..2], seed: 657, resamples: 300).Difference(0, 1);

        Assert.Equal(-0.022625, interval.Low, 12);
        Assert.Equal(0.15, interval.High, 12);
    }

    [Fact]
    public void Difference_ManyResamples_IsNearNumPys()
    {
        // numpy.random.default_rng(1), 20,000 resamples of right[0] - right[1]: -0.02, 0.155; steps of 0.005
        var interval = PairedBootstrap.Run(ReferenceCase.Right, seed: 1, resamples: 20_000).Difference(0, 1);

        Assert.Equal(-0.02, interval.Low, 0.0051);
        Assert.Equal(0.155, interval.High, 0.0051);
    }

    [Fact]
    public void Difference_SameSeed_IsTheSame() =>
        Assert.Equal(
            PairedBootstrap.Run(ReferenceCase.Right, 5, 100).Difference(2, 3),
            PairedBootstrap.Run(ReferenceCase.Right, 5, 100).Difference(2, 3));

    [Fact]
    public void Difference_ModelsTurnedRound_TurnsTheInterval()
    {
        var bootstrap = PairedBootstrap.Run(ReferenceCase.Right, 5, 400);
        var (ahead, behind) = (bootstrap.Difference(0, 1), bootstrap.Difference(1, 0));

        Assert.Equal(ahead.Low, -behind.High, 12);
        Assert.Equal(ahead.High, -behind.Low, 12);
    }

    [Fact]
    public void Difference_ModelAgainstItself_IsZero() =>
        Assert.Equal(new Interval(0, 0), PairedBootstrap.Run(ReferenceCase.Right, 5, 50).Difference(1, 1));

    [Fact]
    public void Run_MoreModelsThanBits_SaysSo() =>
        Assert.Throws<ArgumentException>(() => PairedBootstrap.Run([.. Enumerable.Repeat(new bool[1], 33)], 1, 1));
}
