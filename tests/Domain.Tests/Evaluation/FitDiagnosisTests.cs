using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Domain.Tests.Evaluation;

public sealed class FitDiagnosisTests
{
    [Theory]
    // Accuracies that the study published, with what it says of them: model 1 and ResNet50 overfit, models 3 and 4 do not.
    [InlineData(.9449, .8834, Fit.OverfitsClearly)]
    [InlineData(.9027, .8984, Fit.FitsWell)]
    [InlineData(.9246, .9061, Fit.FitsWell)]
    [InlineData(.8658, .8342, Fit.OverfitsMildly)]
    public void Of_TheStudysAccuracies_AgreesWithTheStudy(double train, double validation, Fit expected) =>
        Assert.Equal(expected, FitDiagnosis.Of(Model(train, validation, images: 12_000, losses: Flat(10), best: 5)).Fit);

    [Fact]
    public void Of_LossThatRisesByAFifth_OverfitsMildly()
    {
        var diagnosis = FitDiagnosis.Of(Model(.90, .90, 12_000, [.5, .4, .3, .31, .32, .33, .34, .35, .36, .36], best: 4));

        Assert.Equal(Fit.OverfitsMildly, diagnosis.Fit);
        Assert.Equal(0.2, diagnosis.LossRise, 12);
        Assert.Contains("lowest in epoch 3 of 10 and ended 20 % above", diagnosis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OneBadLastEpoch_IsNoOverfitting() =>
        Assert.Equal(Fit.FitsWell, FitDiagnosis.Of(Model(.90, .90, 12_000, [.5, .45, .4, .38, .36, .34, .33, .32, .3, .6], best: 9)).Fit);

    [Fact]
    public void Of_GapWithinTheNoiseOfFewImages_DoesNotCount() =>
        // two standard errors of .8 over 100 images: 2 * sqrt(.8 * .2 / 100) = .08
        Assert.Equal(Fit.FitsWell, FitDiagnosis.Of(Model(.87, .80, 100, Flat(10), best: 5)).Fit);

    [Fact]
    public void Of_BestEpochAtTheEnd_IsStillImproving() =>
        Assert.Equal(Fit.StillImproving, FitDiagnosis.Of(Model(.80, .80, 12_000, Flat(10), best: 10)).Fit);

    [Fact]
    public void Of_TwoEpochs_IsTooShortToTell() =>
        Assert.Equal(Fit.TooShortToTell, FitDiagnosis.Of(Model(.99, .60, 12_000, Flat(2), best: 1)).Fit);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_LossThatIsNotFinite_HasFailed(double loss) =>
        Assert.Equal(Fit.Failed, FitDiagnosis.Of(Model(.80, .80, 12_000, [.5, loss, .5, .5], best: 1)).Fit);

    [Fact]
    public void Of_NoBetterThanGuessing_HasFailed() =>
        Assert.Equal(Fit.Failed, FitDiagnosis.Of(Model(.21, .20, 12_000, Flat(10), best: 1)).Fit);

    [Fact]
    public void Of_NoHistoryAsOfAVote_IsJudgedByItsGap()
    {
        Assert.Equal(Fit.FitsWell, FitDiagnosis.Of(Model(.8, .8, 10_000, [], best: 0)).Fit);
        Assert.Equal(Fit.OverfitsClearly, FitDiagnosis.Of(Model(.95, .8, 10_000, [], best: 0)).Fit);
    }

    private static double[] Flat(int epochs) => [.. Enumerable.Repeat(.3, epochs)];

    private static ModelEvaluation Model(double train, double validation, int images, double[] losses, int best) => new()
    {
        Name = "model1",
        Seed = 1,
        Parameters = 1,
        TrainableParameters = 1,
        Epochs = losses.Length,
        BatchSize = 1,
        TrainImages = 48_000,
        TrainSeconds = 1,
        TestSeconds = 1,
        BestEpoch = best,
        SideInformation = false,
        Weights = "Glorot uniform",
        Threads = 1,
        PeakMemoryBytes = 1,
        Train = new SetScore(train, .3),
        Validation = new SetScore(validation, .3),
        Test = new SetScore(validation, .3),
        History = [.. losses.Select((loss, i) => new EpochRow(i + 1, "all", .3, .8, loss, .8, 1e-3, 1))],
        ValidationScores = new ScoredSet(new int[images], new byte[images], new float[images * 5]),
        TestScores = new ScoredSet([], [], []),
    };
}
