using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class PerClassSectionTests
{
    /// <summary>The study published figures by label for Model 4 only.</summary>
    [Fact]
    public void Of_Models_ShowsThePublishedTableBelowModel4() => Assert.Equal(
        ["per-class-model1", "per-class-model3", "per-class-model4", "published-per-class-model4"],
        SectionsOf.Tables(PerClassSection.Of(HandmadeRun.View())));
}
