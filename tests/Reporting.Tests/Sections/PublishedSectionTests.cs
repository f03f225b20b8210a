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
        input = input with { Data = input.Data with { Labels = labels, Split = split } };
        var section = PublishedSection.Of(new ReportView(ReportBuilder.Build(input), input));

        Assert.Equal(
            expected,
            SectionsOf.Blocks<Bullets>(section)[0].Items.Contains("The study used the competition split; this run used the original one."));
    }
}
