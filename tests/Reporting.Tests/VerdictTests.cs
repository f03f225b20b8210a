using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests;

public sealed class VerdictTests
{
    private static readonly ReportInput Run = SyntheticReport.Input();

    /// <summary>
    /// Figures worked by hand: Model 4 labels 7 of 8 images correctly, .125 more than Model 1; Wilson's interval of 7/8 is .5291 to
    /// .9776; the study's best test accuracy is .9028.
    /// </summary>
    [Fact]
    public void Of_ThreeModels_NamesWinnerMarginAndDistanceFromTheStudy()
    {
        var verdict = Of();

        Assert.Equal(
            "Model 4 wins. It was chosen on validation accuracy, 0.9000 (one seed) against 0.8000 for Model 1. The test set played no "
                + "role.",
            verdict[0]);
        Assert.Equal("Its accuracy on the test images is 0.8750 (95 % interval 0.5291 to 0.9776).", verdict[1]);
        Assert.Matches(
            @"^The difference from Model 1 on the test images is \+12\.5 points \(paired bootstrap 95 % interval .* to .*\) and is not "
            + @"statistically significant \(exact McNemar test, Holm-adjusted p = 1\.000\)\.$",
            verdict[2]);
        Assert.Equal("Each model was trained once, so the test describes these trained networks, not the networks of other "
            + "seeds.", verdict[3]);
        Assert.Equal("The study's best published test accuracy is 0.9028 (Model 4); the winner here is 2.8 points below it.", verdict[4]);
        Assert.Equal(5, verdict.Count);
    }

    [Fact]
    public void Of_OnlyOneModel_SaysThatThereWasNoChoice() => Assert.Equal(
        "Model 1 is the only model to choose from: 0.8000 of the validation images get the correct label (one seed).",
        ReportBuilder.Build(HandmadeRun.Input(HandmadeRun.Model1)).Verdict[0]);

    [Fact]
    public void Of_AnotherLabelSchemeOrSplit_SaysWhyTheStudyDoesNotCompare()
    {
        Assert.Contains(
            "The study's figures are for the five labels and cannot be compared with this run on the ten garments.",
            Of(data => data with { Labels = LabelScheme.Garments }));
        Assert.Contains(
            "The study's best published test accuracy is 0.9028 (Model 4); the winner here is 2.8 points below it, on another split.",
            Of(data => data with { Split = DatasetSplit.Original }));
    }

    [Fact]
    public void Of_PartOfTheImages_SaysThatTheFiguresAreNoMeasure()
    {
        var input = HandmadeRun.Input(HandmadeRun.Model1 with { TrainImages = 1_600 }, HandmadeRun.Model4);

        Assert.Contains(
            "This run used part of the data: 1,600 to 48,000 of the study's 48,000 training images, 10 validation and 8 test images. "
            + "Its figures show that the pipeline works, not how good the models can be.",
            ReportBuilder.Build(input).Verdict);
    }

    [Fact]
    public void Pair_ModelsInTheOtherOrder_AreTurnedRound()
    {
        var pair = new PairTest("a", "b", 3, 1, .625) { Difference = .25, DifferenceInterval = new Interval(-.1, .4), HolmPValue = 1 };
        var comparison = new ModelComparison { Ranking = [], Pairs = [pair] };

        Assert.Equal(pair, Verdict.Pair(comparison, "a", "b"));
        Assert.Equal(
            pair with
            {
                First = "b",
                Second = "a",
                OnlyFirstRight = 1,
                OnlySecondRight = 3,
                Difference = -.25,
                DifferenceInterval = new Interval(-.4, .1),
            },
            Verdict.Pair(comparison, "b", "a"));
        Assert.Null(Verdict.Pair(comparison, "a", "c"));
    }

    [Fact]
    public void Of_AVoteWins_SaysHowManyNetworksVoteAndNotThatItHadOneSeed()
    {
        var input = Run with
        {
            Evaluations = [.. Run.Evaluations.Select(e => e with
            {
                Members = e.Name == "model4" ? ["model1 seed 1", "model3 seed 1", "model3 seed 2"] : [],
                Validation = new SetScore(e.Name == "model4" ? .9 : .5, 1),
            })],
        };

        var verdict = ReportBuilder.Build(input).Verdict;

        Assert.Contains("(vote of 3 networks)", verdict[0], StringComparison.Ordinal);
        Assert.Contains(verdict, sentence => sentence.StartsWith("The ensemble was built once,", StringComparison.Ordinal));
        Assert.DoesNotContain(verdict, sentence => sentence.Contains("one seed", StringComparison.Ordinal)
            || sentence.Contains("Each model was trained once", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_OnlyTheWinnerHasOneSeed_SaysSoOfItAlone()
    {
        var more = SyntheticReport.Input(seeds: 2).Evaluations.Where(e => e.Name != "model4" || e.Seed == 1);
        var input = Run with { Evaluations = [.. more.Select(e => e with { Validation = new SetScore(e.Name == "model4" ? .9 : .5, 1) })] };

        var verdict = ReportBuilder.Build(input).Verdict;

        Assert.Contains("(one seed)", verdict[0], StringComparison.Ordinal);
        Assert.Contains(verdict, sentence => sentence.StartsWith("Model 4 was trained once,", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_RandomStartWeights_SaysSo() =>
        Assert.Contains(
            ReportBuilder.Build(Run).Verdict, sentence => sentence.Contains("ImageNet weights unavailable", StringComparison.Ordinal));

    private static IReadOnlyList<string> Of(Func<ReportData, ReportData>? change = null)
    {
        var document = ReportBuilder.Build(HandmadeRun.Input());
        var data = change is null ? document.Data : change(document.Data);
        return Verdict.Of(document.Models, document.Comparison, document.Winner, data);
    }
}
