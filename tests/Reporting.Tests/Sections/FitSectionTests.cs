using ServerlessFashion.Reporting.Sections;
using ServerlessFashion.Reporting.Tests.Tables;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class FitSectionTests
{
    [Fact]
    public void Of_SeveralSeeds_NamesEachSeed()
    {
        var view = HandmadeRun.View(HandmadeRun.Model1, HandmadeRun.Model1 with { Seed = 2 });

        var rows = Texts.Of(SectionsOf.Blocks<TableBlock>(FitSection.Of(view))[0].Table);

        Assert.Equal(["Model 1, seed 1", "Model 1, seed 2"], rows.Select(row => row[0]));
        Assert.All(rows, row => Assert.Equal("too short to tell", row[1]));
    }
}
