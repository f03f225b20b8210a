using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class ArchitectureSectionTests
{
    [Fact]
    public void Of_ModelThatTheCatalogueLacks_HasNoEmptyTable() => Assert.Equal(
        ["training", "architecture-model1"],
        SectionsOf.Tables(ArchitectureSection.Of(HandmadeRun.View(HandmadeRun.Model1, HandmadeRun.Model3 with { Name = "other" }))));
}
