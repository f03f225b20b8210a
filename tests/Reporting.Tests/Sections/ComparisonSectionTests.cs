using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class ComparisonSectionTests
{
    /// <summary>Q = 3.5 and p = exp(-1.75) = .174, see <see cref="ComparisonBuilderTests"/>.</summary>
    [Fact]
    public void Of_ThreeModels_GivesCochransTest() => Assert.Equal(
        "All models at once: Cochran's Q = 3.5 with 2 degrees of freedom, p = 0.174. The test finds no difference "
        + "between the models.",
        SectionsOf.Blocks<Paragraph>(ComparisonSection.Of(HandmadeRun.View()))[0].Text);

    [Fact]
    public void Of_OneModel_SaysThatThereIsNothingToCompare()
    {
        var section = ComparisonSection.Of(HandmadeRun.View(HandmadeRun.Model1));

        Assert.Equal("There is only one model, so there is nothing to compare.", section.Lead);
        Assert.Empty(section.Blocks);
    }
}
