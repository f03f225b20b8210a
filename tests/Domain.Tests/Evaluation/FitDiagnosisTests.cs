using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Domain.Tests.Evaluation;

/// <summary>
/// One made-up history of each kind. Intervals of gaps and lags are those of statsmodels 0.13.5:
/// confint_proportions_2indep(hits1, n1, hits2, n2, method='newcomb', compare='diff'), with 48,000 training images unless stated.
/// </summary>
public sealed class FitDiagnosisTests
{
    [Theory]
    // Accuracies that the study published, with what it says of them: model 1 and ResNet50 overfit, models 3 and 4 do not.
    // Intervals of the gaps over 12,000 validation images: .0555 to .0677, -.0016 to .0104, .0129 to .0244, .0244 to .0390.
    [InlineData(.9449, .8834, Fit.OverfitsClearly)]
    [InlineData(.9027, .8984, Fit.FitsWell)]
    [InlineData(.9246, .9061, Fit.FitsWell)]
    [InlineData(.8658, .8342, Fit.OverfitsMildly)]
    public void Of_TheStudysAccuracies_AgreesWithTheStudy(double train, double validation, Fit expected) =>
        Assert.Equal(expected, Of(Model(train, validation, images: 12_000, losses: Flat(10), best: 5)).Fit);

    [Fact]
    public void Of_Gap_HasNewcombesInterval()
    {
        var measures = Of(Model(44_381 / 48_000.0, 10_873 / 12_000.0, 12_000, Flat(10), best: 5)).Measures;

        Assert.Equal(889 / 48_000.0, measures.Gap, 12);
        Assert.Equal(0.012894920941581348, measures.GapInterval.Low, 10);
        Assert.Equal(0.02435550014307506, measures.GapInterval.High, 10);
    }

    /// <summary>By hand: the last two of ten epochs have .36, a fifth above the lowest, .30.</summary>
    [Fact]
    public void Of_LossThatRisesByAFifth_OverfitsMildly()
    {
        var diagnosis = Of(Model(.90, .90, 12_000, [.5, .4, .3, .31, .32, .33, .34, .35, .36, .36], best: 4));

        Assert.Equal(Fit.OverfitsMildly, diagnosis.Fit);
        Assert.Equal(0.2, diagnosis.Measures.LossChange, 12);
        Assert.Contains("validation loss was 20 % above its earlier minimum of 0.300 nats.", diagnosis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_LossThatRisesByHalf_OverfitsClearly() =>
        Assert.Equal(Fit.OverfitsClearly, Of(Model(.90, .90, 12_000, [.5, .3, .32, .36, .4, .42, .44, .44, .45, .45], best: 3)).Fit);

    /// <summary>A network that diverges gets worse on its training images too; that is not overfitting.</summary>
    [Fact]
    public void Of_BothLossesRise_IsNotOverfitting()
    {
        var model = Model(.90, .90, 12_000, [.5, .4, .3, .31, .32, .33, .34, .35, .36, .36], best: 4);
        model = model with { History = [.. model.History.Select(row => row with { TrainLoss = row.ValidationLoss })] };

        var diagnosis = Of(model);

        Assert.Equal(Fit.FitsWell, diagnosis.Fit);
        Assert.Contains("but training loss rose too", diagnosis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OneBadLastEpoch_IsNoOverfitting() =>
        Assert.Equal(Fit.FitsWell, Of(Model(.90, .90, 12_000, [.5, .45, .4, .38, .36, .34, .33, .32, .3, .6], best: 9)).Fit);

    /// <summary>A gap of 7 points over 100 validation images has the interval .0033 to .1589.</summary>
    [Fact]
    public void Of_GapOfFewImages_IsNoEvidence()
    {
        var diagnosis = Of(Model(.87, .80, 100, Flat(10), best: 5));

        Assert.Equal(Fit.NoEvidence, diagnosis.Fit);
        Assert.Contains("a gap of 7.0 points (95 % interval 0.3 to 15.9)", diagnosis.Text, StringComparison.Ordinal);
    }

    /// <summary>
    /// A gap of 6.3 points (interval 1.5 to 11.4, over 1,600 and 400 images) while the validation loss falls from 3.5 to 1.0: by hand
    /// 1.0 / 2.1 - 1 = -52 %.
    /// </summary>
    [Fact]
    public void Of_LossThatFallsToTheLastEpoch_IsStillImprovingAndNotOverfitting()
    {
        var diagnosis = Of(Model(.763, .70, 400, [3.5, 2.1, 1.4, 1.0], best: 4) with { TrainImages = 1_600 });

        Assert.Equal(Fit.StillImproving, diagnosis.Fit);
        Assert.Equal(1.0 / 2.1 - 1, diagnosis.Measures.LossChange, 12);
        Assert.Equal(
            "Still learning. It labels 76.3 % of its training images and 70.0 % of the validation images correctly, a gap of 6.3 points "
            + "(95 % interval 1.5 to 11.4). Validation loss fell from 2.100 to 1.000 nats in the last fifth of the epochs. Epoch 4 of 4 "
            + "was the best on validation: more epochs would probably help.",
            diagnosis.Text);
    }

    /// <summary>The last epoch is the best by a hair, and the loss stands still: no sign that more epochs would help.</summary>
    [Fact]
    public void Of_LastEpochIsBestButTheLossIsFlat_IsNotStillImproving() =>
        Assert.Equal(Fit.FitsWell, Of(Model(.80, .80, 12_000, Flat(10), best: 10)).Fit);

    /// <summary>The whole interval of the gap, 38.1 to 39.9 points, is clear, but validation still gains.</summary>
    [Fact]
    public void Of_LargeGapWhileTheLossFalls_NamesBoth() => Assert.EndsWith(
        "The gap is larger than chance explains, and validation still gains.",
        Of(Model(.99, .60, 12_000, [2, 1.8, 1.5, 1.2], best: 4)).Text, StringComparison.Ordinal);

    [Fact]
    public void Of_TwoEpochs_IsTooShortToTell() =>
        Assert.Equal(Fit.TooShortToTell, Of(Model(.99, .60, 12_000, Flat(2), best: 1)).Fit);

    /// <summary>85 % in training mode and 60 % in evaluation mode of the same 1,600 images: 25 points, interval 22.0 to 27.9.</summary>
    [Fact]
    public void Of_TrainingModeFarAboveEvaluationMode_IsBatchNormThatLags()
    {
        var model = Model(.60, .55, 400, [2, 1.8, 1.5], best: 3, trainingMode: .85) with { TrainImages = 1_600 };

        var diagnosis = Of(model, hasMovingStatistics: true);

        Assert.Equal(Fit.BatchNormLags, diagnosis.Fit);
        Assert.Contains("22.0 to 27.9 points fewer (95 % interval)", diagnosis.Text, StringComparison.Ordinal);
        Assert.NotEqual(Fit.BatchNormLags, Of(model).Fit);
    }

    /// <summary>Accuracy like guessing in evaluation mode alone is the same fault at its worst, not a failed training.</summary>
    [Fact]
    public void Of_GuessingInEvaluationModeOnly_IsBatchNormThatLags() => Assert.Equal(
        Fit.BatchNormLags, Of(Model(.20, .20, 400, [2, 1.8], best: 2, trainingMode: .7), hasMovingStatistics: true).Fit);

    /// <summary>80 % against 76 % of 1,600 images: interval 1.1 to 6.9 points, which does not exclude a lag below 5 points.</summary>
    [Fact]
    public void Of_TrainingModeALittleAboveEvaluationMode_IsNoLag()
    {
        var model = Model(.76, .76, 12_000, Flat(10), best: 5, trainingMode: .80) with { TrainImages = 1_600 };

        Assert.Equal(Fit.FitsWell, Of(model, hasMovingStatistics: true).Fit);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_LossThatIsNotFinite_HasFailed(double loss) =>
        Assert.Equal(Fit.Failed, Of(Model(.80, .80, 12_000, [.5, loss, .5, .5], best: 1)).Fit);

    [Fact]
    public void Of_NoBetterThanGuessing_HasFailed() =>
        Assert.Equal(Fit.Failed, Of(Model(.21, .20, 12_000, Flat(10), best: 1)).Fit);

    /// <summary>Intervals over 10,000 images: -.0085 to .0087 and .1420 to .1582.</summary>
    [Fact]
    public void Of_NoHistoryAsOfAVote_IsJudgedByItsGap()
    {
        Assert.Equal(Fit.FitsWell, Of(Model(.8, .8, 10_000, [], best: 0)).Fit);
        Assert.Equal(Fit.OverfitsClearly, Of(Model(.95, .8, 10_000, [], best: 0)).Fit);
    }

    private static FitDiagnosis Of(ModelEvaluation model, bool hasMovingStatistics = false) => FitDiagnosis.Of(model, hasMovingStatistics);

    private static double[] Flat(int epochs) => [.. Enumerable.Repeat(.3, epochs)];

    private static ModelEvaluation Model(
        double train, double validation, int images, double[] losses, int best, double trainingMode = .5) => new()
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
            History = [.. losses.Select((loss, i) => new EpochRow(i + 1, "all", .3, trainingMode, loss, .8, 1e-3, 1))],
            ValidationScores = new ScoredSet(new int[images], new byte[images], new float[images * 5]),
            TestScores = new ScoredSet([], [], []),
        };
}
