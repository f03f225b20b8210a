using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class ConfusionSectionTests
{
    [Fact]
    public void Of_SeveralModels_EndsWithTheDifferenceOfTheTwoBest()
    {
        Assert.Equal("confusion-difference", SectionsOf.Charts(ConfusionSection.Of(HandmadeRun.View()))[^1]);
        Assert.Equal(
            ["confusion-model1", "confusion-normalised-model1"],
            SectionsOf.Charts(ConfusionSection.Of(HandmadeRun.View(HandmadeRun.Model1))));
    }

    /// <summary>By hand: Model 1 takes label 3 for 4 and 4 for 0, once each.</summary>
    [Fact]
    public void Of_EquallyFrequentConfusions_NamesThemAll() => Assert.EndsWith(
        "Model 1: the most frequent confusions are brightness quintile 4 of 5 (Class 3) taken for brightness quintile 5 of 5 (Class 4) and "
        + "brightness quintile 5 of 5 (Class 4) taken for brightness quintile 1 of 5 (Class 0), 1 image each.",
        SectionsOf.Blocks<Figures>(ConfusionSection.Of(HandmadeRun.View(HandmadeRun.Model1)))[0].Items[0].Caption,
        StringComparison.Ordinal);

    /// <summary>By hand: Model 3 takes label 0 for 1 twice.</summary>
    [Fact]
    public void Of_Model_NamesItsMostFrequentConfusion() => Assert.EndsWith(
        "Model 3: the most frequent confusion is brightness quintile 1 of 5 (Class 0) taken for brightness quintile 2 of 5 (Class 1), "
        + "2 images.",
        SectionsOf.Blocks<Figures>(ConfusionSection.Of(HandmadeRun.View(HandmadeRun.Model3)))[0].Items[0].Caption,
        StringComparison.Ordinal);
}
