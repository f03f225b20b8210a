namespace ServerlessFashion.Reporting.Tests;

public sealed class PublishedStudyTests
{
    /// <summary>The rows of the study's table, typed a second time.</summary>
    [Theory]
    [InlineData("model1", .9449, .8834, .8412)]
    [InlineData("model3", .9027, .8984, .8892)]
    [InlineData("model4", .9246, .9061, .9028)]
    [InlineData("resnet50", .8658, .8342, .8342)]
    public void Of_ModelOfTheStudy_HasThePrintedAccuracies(string model, double train, double validation, double test)
    {
        var result = PublishedStudy.Of(model)!;

        Assert.Equal((train, validation, test), (result.TrainAccuracy, result.ValidationAccuracy, result.TestAccuracy));
    }

    /// <summary>By hand: 60 + 29, 60 + 48, 180 + 40 and 3840 + 3.</summary>
    [Fact]
    public void Results_Times_AreGivenInSeconds() =>
        Assert.Equal([89, 108, 220, 3843], PublishedStudy.Results.Select(result => result.Seconds ?? 0));

    [Fact]
    public void Of_ModelBeyondTheStudy_IsNull() => Assert.Null(PublishedStudy.Of("strong"));

    /// <summary>F1 is the harmonic mean of precision and recall, so the three rounded columns check each other.</summary>
    [Fact]
    public void Model4PerClass_Scores_AgreeWithEachOther() => Assert.All(PublishedStudy.Model4PerClass, score => Assert.Equal(
        score.F1, 2 * score.Precision * score.Recall / (score.Precision + score.Recall), .01));
}
