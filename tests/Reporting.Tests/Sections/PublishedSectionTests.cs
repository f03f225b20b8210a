using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class PublishedSectionTests
{
    [Fact]
    public void Of_Model4_TellsTheStudysContradiction() => Assert.Contains(
        "The study's prose gives 0.9064 as its best Kaggle score, its table 0.9028.",
        SectionsOf.Blocks<Bullets>(PublishedSection.Of(HandmadeRun.View()))[0].Items);

    [Theory]
    [InlineData(LabelScheme.Five, DatasetSplit.Original, true)]
    [InlineData(LabelScheme.Five, DatasetSplit.Competition, false)]
    [InlineData(LabelScheme.Garments, DatasetSplit.Original, false)]
    public void Of_OtherSplit_IsSaidWhereTheStudyCompares(LabelScheme labels, DatasetSplit split, bool expected)
    {
        var input = HandmadeRun.Input();
        input = input.Of(labels);
        input = input with { Data = input.Data with { Split = split } };
        var section = PublishedSection.Of(new ReportView(ReportBuilder.Build(input), input));

        Assert.Equal(
            expected,
            SectionsOf.Blocks<Bullets>(section)[0].Items.Contains("The study used the competition split; this run used the original one."));
    }

    /// <summary>The last epoch of every made-up model has the running mean .8; only the study has figures of Keras.</summary>
    [Theory]
    [InlineData("model1", LabelScheme.Five, "Model 1 0.8000 (accuracy, first seed)")]
    [InlineData("strong", LabelScheme.Five, null)]
    [InlineData("model1", LabelScheme.Garments, null)]
    public void Of_RunningMeans_AreGivenWhereTheStudyHasTheModel(string model, LabelScheme labels, string? expected)
    {
        var input = HandmadeRun.Input(HandmadeRun.Model1 with { Name = model });
        input = input.Of(labels);
        var items = SectionsOf.Blocks<Bullets>(PublishedSection.Of(new ReportView(ReportBuilder.Build(input), input)))[0].Items;
        var keras = items.SingleOrDefault(item => item.Contains("Keras", StringComparison.Ordinal));

        if (expected is null)
        {
            Assert.Null(keras);
        }
        else
        {
            Assert.Contains(expected, keras, StringComparison.Ordinal);
        }
    }
}
