using ServerlessFashion.Evaluation;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests;

/// <summary>
/// Made-up models that differ on a known number of the test images. If only one of two models labels n images correctly that the
/// other does not, and never the reverse, the exact p value is 2 / 2^n (McNemar 1947): 1 for one image, .0625 for 5, .03125 for 6.
/// </summary>
public sealed class HeadlineTests
{
    private const int TestImages = 20;

    [Fact]
    public void Build_TwoModelsThatTheTestCannotTellApart_AreLevel()
    {
        var document = Build(Model("model1", 15, .90), Model("model3", 14, .85));

        Assert.Equal("Model 1 and Model 3 are level; Model 1 is chosen because its validation accuracy is higher", document.Headline);
        Assert.Equal(["model3"], document.Comparison.LevelWithWinner);
        Assert.DoesNotContain(document.Verdict, sentence => sentence.Contains("wins", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_WinnerThatIsSignificantlyBetter_IsTheBest()
    {
        var document = Build(Model("model1", 20, .90), Model("model3", 14, .85));

        Assert.Equal("Model 1 is the best of 2", document.Headline);
        Assert.Empty(document.Comparison.LevelWithWinner);
        Assert.StartsWith(
            "Model 1 wins. It is chosen because its validation accuracy is higher:", document.Verdict[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WinnerThatIsSignificantlyWorseOnTest_IsOnlyChosen()
    {
        var document = Build(Model("model1", 14, .90), Model("model3", 20, .85));

        Assert.Equal(
            "Model 1 is chosen because its validation accuracy is higher; Model 3 is better on the test images", document.Headline);
        Assert.Contains(
            document.Verdict, sentence => sentence.StartsWith("Model 3 is better on the test images", StringComparison.Ordinal));
    }

    /// <summary>By hand: 10 images give .00195, which Holm triples to .0059; 5 images give .0625, which Holm doubles.</summary>
    [Fact]
    public void Build_LevelModelsThatDifferFromEachOther_AreNotCalledLevelWithEachOther()
    {
        var document = Build(Model("model1", 13, .90), Model("model3", 8, .85), Model("model4", 18, .80));

        Assert.Equal(
            "Model 1 is level with Model 3 and Model 4; Model 1 is chosen because its validation accuracy is the highest",
            document.Headline);
    }

    /// <summary>By hand: 15 and 14 images give .00006 and .00012, which Holm at most triples.</summary>
    [Fact]
    public void Build_OneOfThreeIsWorse_NamesTheLevelOnes()
    {
        var document = Build(Model("model1", 19, .90), Model("model3", 18, .85), Model("model4", 4, .80));

        Assert.Equal(
            "Model 1 and Model 3 are level; Model 1 is chosen because its validation accuracy is the highest", document.Headline);
    }

    [Fact]
    public void Build_SeveralSeeds_ComparesTheFirstOfEachAndSaysSo()
    {
        var document = Build(
            Model("model1", 15, .90), Model("model1", 20, .90, seed: 2), Model("model3", 14, .85), Model("model3", 5, .85, seed: 2));

        Assert.StartsWith("Model 1 and Model 3 are level;", document.Headline, StringComparison.Ordinal);
        Assert.Contains(document.Verdict, sentence => sentence.StartsWith(
            "The difference from Model 3 on the test images, with the first seed of each, is +5.0 points", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(.5, 1_000, "its validation loss is lower at equal validation accuracy")]
    [InlineData(.3, 999, "it has fewer parameters at equal validation accuracy and loss")]
    [InlineData(.3, 1_000, "its name comes first at equal validation accuracy, loss and number of parameters")]
    public void Build_EqualValidationAccuracy_SaysWhatDecided(double otherLoss, long parameters, string reason)
    {
        var other = Model("model3", 14, .90);
        var document = Build(
            Model("model1", 15, .90) with { Parameters = parameters },
            other with { Validation = other.Validation with { Loss = otherLoss } });

        Assert.EndsWith($"Model 1 is chosen because {reason}", document.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_EnsembleAndItsMember_MayBeLevelToo() => Assert.StartsWith(
        "Model 1 and Model 3 are level",
        Build(Model("model1", 15, .90) with { Members = ["model3 seed 1"], History = [] }, Model("model3", 14, .85)).Headline,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "Model 1 is the only model")]
    [InlineData(2, "Model 1 is the only model that finished")]
    public void Build_OneModel_IsTheOnlyOne(int failures, string expected) => Assert.Equal(
        expected, ReportBuilder.Build(Input(Model("model1", 15, .90)) with
        {
            Failures = [.. Enumerable.Range(1, failures).Select(seed => new ModelFailure("model3", seed, "out of memory"))],
        }).Headline);

    [Fact]
    public void Build_OtherModelHadSideInformation_DoesNotCompete() => Assert.Equal(
        "Model 1 is the only model without side information",
        Build(Model("model1", 15, .90), Model("model3", 20, .95) with { SideInformation = true }).Headline);

    [Fact]
    public void Build_EveryModelFailed_SaysSo()
    {
        var document = ReportBuilder.Build(Input() with { Evaluations = [], Failures = [new ModelFailure("model1", 1, "out of memory")] });

        Assert.Equal("No model finished", document.Headline);
        Assert.Equal(["No model finished, so there is no winner. The failures are listed below."], document.Verdict);
    }

    private static ReportDocument Build(params ModelEvaluation[] evaluations) => ReportBuilder.Build(Input(evaluations));

    private static ReportInput Input(params ModelEvaluation[] evaluations)
    {
        var run = SyntheticReport.Input(testImages: TestImages, validationImages: 10);
        return run with { Evaluations = evaluations };
    }

    /// <summary>Labels the first <paramref name="right"/> images correctly and no other.</summary>
    private static ModelEvaluation Model(string name, int right, double validationAccuracy, int seed = 1)
    {
        var truth = new byte[TestImages];
        var logits = Enumerable.Range(0, TestImages).SelectMany(image => image < right ? new float[] { 5, 0, 0, 0, 0 } : [0, 5, 0, 0, 0]);
        return HandmadeRun.Evaluation(name, [0, 0, 1, 1, 2, 2, 3, 4], validationAccuracy, seed) with
        {
            Test = new SetScore((double)right / TestImages, .5),
            TestScores = new ScoredSet([.. Enumerable.Range(0, TestImages)], truth, [.. logits]),
        };
    }
}
