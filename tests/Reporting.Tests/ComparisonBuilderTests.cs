using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Reporting.Tests;

public sealed class ComparisonBuilderTests
{
    private static readonly ModelComparison Comparison =
        Build(HandmadeRun.Model1, HandmadeRun.Model3, HandmadeRun.Model4);

    /// <summary>
    /// By hand, from the images that only one of two models labels correctly: 3 against 1 has the exact binomial p value
    /// 2 (1 + 4) / 16, 0 against 1 has 1, 0 against 3 has 2 / 8; Holm: 3 * .25 = .75, then 2 * .625, cut to 1.
    /// </summary>
    [Fact]
    public void Build_Pairs_HaveTheCountsAndPValuesWorkedByHand()
    {
        Assert.Equal(
            [("model1", "model3", 3, 1), ("model1", "model4", 0, 1), ("model3", "model4", 0, 3)],
            Comparison.Pairs.Select(pair => (pair.First, pair.Second, pair.OnlyFirstRight, pair.OnlySecondRight)));
        AssertNear([.625, 1, .25], Comparison.Pairs.Select(pair => pair.PValue));
        AssertNear([1, 1, .75], Comparison.Pairs.Select(pair => pair.HolmPValue));
        AssertNear([.25, -.125, -.375], Comparison.Pairs.Select(pair => pair.Difference));
        Assert.Equal(.25, Comparison.Pairs[0].Corrected!.Statistic, 1e-12);
        Assert.All(
            Comparison.Pairs, pair => Assert.InRange(pair.Difference, pair.DifferenceInterval!.Low, pair.DifferenceInterval.High));
    }

    /// <summary>
    /// By hand: Q = 2 (3 (6^2 + 4^2 + 7^2) - 17^2) / (3 * 17 - (4 * 2^2 + 3 * 3^2)) = 3.5; the chi-square tail for two degrees is
    /// exp(-Q / 2).
    /// </summary>
    [Fact]
    public void Build_CochranQ_IsTheStatisticWorkedByHand()
    {
        Assert.Equal(2, Comparison.CochranQ!.DegreesOfFreedom);
        Assert.Equal(3.5, Comparison.CochranQ.Statistic, 1e-12);
        Assert.Equal(Math.Exp(-1.75), Comparison.CochranQ.PValue, 1e-9);
    }

    /// <summary>By hand: only the last image, with the id 17; if independent, 8 * 2/8 * 4/8 * 1/8.</summary>
    [Fact]
    public void Build_CommonErrors_AreTheImagesThatEveryModelGetsWrong()
    {
        Assert.Equal([17], Comparison.CommonErrors);
        Assert.Equal(.125, Comparison.CommonErrorsIfIndependent!.Value, 1e-12);
    }

    /// <summary>By hand: .80, .82 and .87 have the mean .83 and the sample variance (9 + 1 + 16) / 2 * 1e-4.</summary>
    [Fact]
    public void Build_ThreeSeeds_RanksByTheMeanAndGivesTheSampleDeviation()
    {
        var seeds =
            new[] { .80, .82, .87 }.Select((accuracy, i) => HandmadeRun.Evaluation("model1", [0, 0, 1, 1, 2, 2, 3, 4], accuracy, i + 1));

        var ranking = Build([HandmadeRun.Model3, .. seeds]).Ranking;

        Assert.Equal([("model1", 3), ("model3", 1)], ranking.Select(rank => (rank.Name, rank.Seeds)));
        Assert.Equal(.83, ranking[0].MeanValidationAccuracy, 1e-12);
        Assert.Equal(Math.Sqrt(13e-4), ranking[0].SdValidationAccuracy, 1e-12);
        Assert.Equal(0, ranking[1].SdTestAccuracy);
    }

    [Fact]
    public void Build_SeveralSeedsAndOtherImages_PairsTheSmallestSeedsOnTheFirstModelsImages()
    {
        var second = HandmadeRun.Model1 with { Seed = 2, TestScores = HandmadeRun.Model4.TestScores };
        var elsewhere = HandmadeRun.Model4 with { TestScores = HandmadeRun.Model4.TestScores with { Ids = [1, 2, 3, 4, 5, 6, 7, 8] } };

        var comparison = Build(second, HandmadeRun.Model1, HandmadeRun.Model3, elsewhere);

        Assert.Equal(
            [("model1", "model3", 3, 1)],
            comparison.Pairs.Select(pair => (pair.First, pair.Second, pair.OnlyFirstRight, pair.OnlySecondRight)));
    }

    [Fact]
    public void Build_OneModelOrNone_ComparesNothing()
    {
        var one = Build(HandmadeRun.Model1);

        Assert.Empty(one.Pairs);
        Assert.Null(one.CochranQ);
        Assert.Null(one.CommonErrorsIfIndependent);
        Assert.Equal([16, 17], one.CommonErrors);
        Assert.Empty(Build().Ranking);
    }

    private static ModelComparison Build(params IReadOnlyList<ModelEvaluation> evaluations) => ComparisonBuilder.Build(
        (HandmadeRun.Input() with { Evaluations = evaluations }).Analyse(), name => name);

    private static void AssertNear(double[] expected, IEnumerable<double> actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
}
