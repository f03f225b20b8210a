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
        Assert.True(
            document.Models.Max(model => model.Test.Accuracy) > document.Models.First(model => model.Name == "model1").Test.Accuracy);
        Assert.Contains(document.Verdict, sentence => sentence.Contains("It is not chosen for that", StringComparison.Ordinal));
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
        Assert.Contains(document.Verdict, sentence => sentence.Contains("Model 3", StringComparison.Ordinal)
            && sentence.Contains("side information", StringComparison.Ordinal));
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
            Evaluations =
                [.. Run.Evaluations.Select(e => e.Name == "model4" ? e with { Validation = new SetScore(double.NaN, double.NaN) } : e)],
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
    public void Build_ReferenceLogits_CountsWhatScikitLearnCounts()
    {
        var scores = ReferenceCase.Scores;
        var input = Run with { Evaluations = [Run.Evaluations[0] with { TestScores = scores }] };

        var model = Assert.Single(ReportBuilder.Build(input).Models);

        // NumPy: (z.argmax(1) == truth).mean()
        var right = Enumerable.Range(0, scores.Count)
            .Count(i => scores.Row(i).ToArray().AsSpan().IndexOf(scores.Row(i).ToArray().Max()) == scores.Labels[i]);
        Assert.Equal(right / 200.0, model.Test.Accuracy, 12);
        Assert.Equal(200, model.Confusion.Sum(row => row.Sum()));
        Assert.Equal(0.24338587424128136, model.Calibration.Before.Ece, 10);
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
}
