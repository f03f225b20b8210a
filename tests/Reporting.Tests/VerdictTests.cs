using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests;

public sealed class VerdictTests
{
    private static readonly ReportInput Run = SyntheticReport.Input();

    /// <summary>
    /// Figures worked by hand: Model 4 labels 7 of 8 images correctly, .125 more than Model 1; Wilson's interval of 7/8 is .5291 to
    /// .9776; the study's best test accuracy is .9028. The interval of the difference from it is statsmodels'
    /// confint_proportions_2indep(7, 8, 9028, 10000, method='newcomb', compare='diff'): -.3737 to .0750.
    /// </summary>
    [Fact]
    public void Of_ThreeLevelModels_NamesTheChosenOneItsMarginAndTheDistanceFromTheStudy()
    {
        var verdict = Of();

        Assert.Equal(
            "Model 4, Model 1 and Model 3 are level: the paired test finds no significant difference on the test images. Model 4 is chosen "
                + "because its validation accuracy is the highest: 0.9000 (one seed) against 0.8000 for Model 1. The test set plays "
                + "no role in the choice.",
            verdict[0]);
        Assert.Equal("Its accuracy on the test images is 0.8750 (95 % interval 0.5291 to 0.9776).", verdict[1]);
        Assert.Matches(
            @"^The difference from Model 1 on the test images is \+12\.5 points \(paired bootstrap 95 % interval .* to .*\) and is not "
            + @"statistically significant \(exact McNemar test, Holm-adjusted p = 1\.000\)\.$",
            verdict[2]);
        Assert.Equal("Each model was trained once, so the test describes these trained networks, not the networks of other "
            + "seeds.", verdict[3]);
        Assert.Equal("The study's best published test accuracy is 0.9028 (Model 4); Model 4 here is 2.8 points below it (95 % interval "
            + "−37.4 to +7.5 points, so the test images cannot tell the two apart).", verdict[4]);
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
            "The study's best published test accuracy is 0.9028 (Model 4); Model 4 here is 2.8 points below it (95 % interval −37.4 "
            + "to +7.5 points, so the test images cannot tell the two apart), on another split.",
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
    public void Of_AVoteIsChosen_SaysHowManyNetworksVoteAndNotThatItHadOneSeed()
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
        return Verdict.Of(document.Models, document.Comparison, document.Winner, data, ClassLabels.Of(data.Labels));
    }
}
