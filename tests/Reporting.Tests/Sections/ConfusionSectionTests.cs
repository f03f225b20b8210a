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

    /// <summary>By hand: Model 3 takes label 0 for 1 twice.</summary>
    [Fact]
    public void Of_Model_NamesItsMostFrequentConfusion() => Assert.EndsWith(
        "Model 3: most often confused is true Class 0 taken for Class 1, 2 images.",
        SectionsOf.Blocks<Figures>(ConfusionSection.Of(HandmadeRun.View(HandmadeRun.Model3)))[0].Items[0].Caption,
        StringComparison.Ordinal);
}
