using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests;

public sealed class ReportBuilderTests
{
    private static readonly ReportInput Run = SyntheticReport.Input();

    [Fact]
    public void Build_BestOnTestIsNotBestOnValidation_ChoosesOnValidation()
    {
        var input = Run with
        {
            Evaluations = [.. Run.Evaluations.Select(e => e with { Validation = new SetScore(e.Name == "model1" ? .99 : .5, 1) })],
        };

        var document = ReportBuilder.Build(input);

        Assert.Equal("model1", document.Winner);
        Assert.True(document.Models.Max(model => model.Test.Accuracy) > document.Models.First(model => model.Name == "model1").Test.Accuracy);
        Assert.Contains(document.Verdict, sentence => sentence.Contains("but it does not win", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_BestModelHadSideInformation_ChoosesTheBestWithout()
    {
        var input = Run with
        {
            Evaluations = [.. Run.Evaluations.Select(e => e with
            {
                SideInformation = e.Name == "model3",
                Validation = new SetScore(e.Name == "model3" ? .99 : e.Name == "model4" ? .9 : .5, 1),
            })],
        };

        var document = ReportBuilder.Build(input);

        Assert.Equal(("model4", "model3"), (document.Winner, document.Comparison.Ranking[0].Name));
        Assert.Contains(document.Verdict, sentence => sentence.Contains("Model 3", StringComparison.Ordinal) && sentence.Contains("side information", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_AVoteWins_SaysHowManyNetworksVoteAndNotThatItHadOneSeed()
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
        Assert.DoesNotContain(verdict, sentence => sentence.Contains("one seed", StringComparison.Ordinal) || sentence.Contains("Each model was trained once", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_OnlyTheWinnerHasOneSeed_SaysSoOfItAlone()
    {
        var more = SyntheticReport.Input(seeds: 2).Evaluations.Where(e => e.Name != "model4" || e.Seed == 1);
        var input = Run with { Evaluations = [.. more.Select(e => e with { Validation = new SetScore(e.Name == "model4" ? .9 : .5, 1) })] };

        var verdict = ReportBuilder.Build(input).Verdict;

        Assert.Contains("(one seed)", verdict[0], StringComparison.Ordinal);
        Assert.Contains(verdict, sentence => sentence.StartsWith("Model 4 was trained once,", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_EqualValidationAccuracy_ChoosesTheSmallerLoss()
    {
        var input = Run with
        {
            Evaluations = [.. Run.Evaluations.Select(e => e with { Validation = new SetScore(.8, e.Name == "resnet50" ? .4 : .5) })],
        };

        Assert.Equal("resnet50", ReportBuilder.Build(input).Winner);
    }

    [Fact]
    public void Build_ValidationAccuracyIsNotANumber_NeverWins()
    {
        var input = Run with
        {
            Evaluations = [.. Run.Evaluations.Select(e => e.Name == "model4" ? e with { Validation = new SetScore(double.NaN, double.NaN) } : e)],
        };

        Assert.Equal("model4", ReportBuilder.Build(input).Comparison.Ranking[^1].Name);
    }

    [Fact]
    public void Build_NoModelFinished_HasNoWinnerAndKeepsTheFailures()
    {
        var document = ReportBuilder.Build(Run with { Evaluations = [], Failures = [new ModelFailure("model1", 1, "out of memory")] });

        Assert.Null(document.Winner);
        Assert.Equal("out of memory", Assert.Single(document.Failures).Error);
        Assert.Empty(document.Comparison.Pairs);
    }

    [Fact]
    public void Build_ThreeSeeds_GivesMeanAndSampleDeviation()
    {
        // 0.80, 0.82, 0.87: mean 0.83, sample variance (9 + 1 + 16) / 2 * 1e-4 = 13e-4
        double[] accuracies = [.80, .82, .87];
        var input = SyntheticReport.Input(seeds: 3);
        input = input with { Evaluations = [.. input.Evaluations.Select(e => e with { Test = new SetScore(accuracies[e.Seed - 1], 1) })] };

        var rank = ReportBuilder.Build(input).Comparison.Ranking[0];

        Assert.Equal(3, rank.Seeds);
        Assert.Equal(.83, rank.MeanTestAccuracy, 12);
        Assert.Equal(Math.Sqrt(13e-4), rank.SdTestAccuracy, 12);
    }

    [Fact]
    public void Build_ReferenceLogits_CountsWhatScikitLearnCounts()
    {
        var scores = ReferenceCase.Scores;
        var input = Run with { Evaluations = [Run.Evaluations[0] with { TestScores = scores }] };

        var model = Assert.Single(ReportBuilder.Build(input).Models);

        // NumPy: (z.argmax(1) == truth).mean()
        var right = Enumerable.Range(0, scores.Count).Count(i => scores.Row(i).ToArray().AsSpan().IndexOf(scores.Row(i).ToArray().Max()) == scores.Labels[i]);
        Assert.Equal(right / 200.0, model.Test.Accuracy, 12);
        Assert.Equal(200, model.Confusion.Sum(row => row.Sum()));
        Assert.Equal(0.24338587424128136, model.Calibration.Before.Ece, 10);
    }

    [Fact]
    public void Build_Pairs_CountDisagreementsAndAdjustThem()
    {
        var document = ReportBuilder.Build(Run);

        Assert.Equal(6, document.Comparison.Pairs.Count);
        var pair = document.Comparison.Pairs[0];
        var (first, second) = (Hits(Run.Evaluations[0]), Hits(Run.Evaluations[1]));
        Assert.Equal(first.Zip(second).Count(p => p.First && !p.Second), pair.OnlyFirstRight);
        Assert.Equal(first.Zip(second).Count(p => !p.First && p.Second), pair.OnlySecondRight);
        Assert.Equal(document.Models[0].Test.Accuracy - document.Models[1].Test.Accuracy, pair.Difference, 12);
        Assert.All(document.Comparison.Pairs, p => Assert.InRange(p.HolmPValue, p.PValue, 1));
        Assert.InRange(pair.Difference, pair.DifferenceInterval!.Low, pair.DifferenceInterval.High);
    }

    [Fact]
    public void Build_CommonErrors_AreThoseOfEveryModel()
    {
        var document = ReportBuilder.Build(Run);

        var expected = Enumerable.Range(0, 400).Where(i => Run.Evaluations.All(e => !Hits(e)[i])).ToArray();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, document.Comparison.CommonErrors);
    }

    [Fact]
    public void Build_Mistakes_AreWrongAndSortedByConfidence()
    {
        var model = ReportBuilder.Build(Run).Models[0];

        Assert.Equal(12, model.Mistakes.Count);
        Assert.All(model.Mistakes, mistake => Assert.NotEqual(mistake.TrueLabel, mistake.PredictedLabel));
        Assert.Equal(model.Mistakes.OrderByDescending(mistake => mistake.Confidence), model.Mistakes);
    }

    [Fact]
    public void Build_FiveLabels_GroupsErrorsByDistanceToACut()
    {
        var model = ReportBuilder.Build(Run).Models[0];

        Assert.Equal(Enumerable.Repeat(40, 10), model.CutDistance!.Select(group => group.Images));
        Assert.Equal(model.Confusion.Select((row, label) => row.Sum() - row[label]).Sum(), model.CutDistance!.Sum(group => group.Errors));
        Assert.True(model.CutDistance![0].ErrorRate > model.CutDistance[^1].ErrorRate);
    }

    [Fact]
    public void Build_Garments_HasNoOrdinalFigures()
    {
        var model = ReportBuilder.Build(SyntheticReport.Input(labels: LabelScheme.Garments)).Models[0];

        Assert.Equal((null, null, null), (model.CutDistance, model.Test.QuadraticKappa, model.Test.OffByOneShare));
        Assert.Equal(10, model.PerClass.Count);
    }

    [Fact]
    public void Build_PartOfTheData_SaysSo()
    {
        var document = ReportBuilder.Build(SyntheticReport.Input(trainImages: 1600));

        Assert.Contains(document.Verdict, sentence => sentence.StartsWith("This run used part of the data: 1,600 of the study's 48,000 training images", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_RandomStartWeights_SaysSo() =>
        Assert.Contains(ReportBuilder.Build(Run).Verdict, sentence => sentence.Contains("ImageNet weights unavailable", StringComparison.Ordinal));

    private static bool[] Hits(ModelEvaluation model) =>
        [.. ClassProbabilities.Labels(model.TestScores).Zip(model.TestScores.Labels, (predicted, truth) => predicted == truth)];
}
