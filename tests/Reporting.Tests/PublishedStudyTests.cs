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

    [Fact]
    public void Of_ModelBeyondTheStudy_IsNull() => Assert.Null(PublishedStudy.Of("strong"));

    /// <summary>F1 is the harmonic mean of precision and recall, so the three rounded columns check each other.</summary>
    [Fact]
    public void Model4PerClass_Scores_AgreeWithEachOther() => Assert.All(PublishedStudy.Model4PerClass, score => Assert.Equal(
        score.F1, 2 * score.Precision * score.Recall / (score.Precision + score.Recall), .01));
}
