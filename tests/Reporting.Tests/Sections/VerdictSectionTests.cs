using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class VerdictSectionTests
{
    /// <summary>By hand: Model 4 labels 7 of 8 images correctly, Model 1 6; the study's best is .9028.</summary>
    [Fact]
    public void Of_ThreeModels_StatesTheKeyFigures() => Assert.Equal(
        [
            new Fact("Winner", "Model 4", "best on validation: 0.9000"),
            new Fact("Test accuracy", "0.8750", "95 % interval 0.5291 to 0.9776"),
            new Fact("Against Model 1", "+12.5 points", "on test, not significant, p = 1.000"),
            new Fact("Against the study's best", "−2.8 points", "published: 0.9028"),
        ],
        SectionsOf.Blocks<Facts>(VerdictSection.Of(HandmadeRun.View()))[0].Items);

    [Fact]
    public void Of_SeveralSeeds_SaysWhatTheFiguresMean()
    {
        var notes = new[] { HandmadeRun.View(), HandmadeRun.View(HandmadeRun.Model1, HandmadeRun.Model1 with { Seed = 2 }) }
            .Select(view => SectionsOf.Blocks<TableBlock>(VerdictSection.Of(view))[0].Note).ToArray();

        Assert.StartsWith("One seed per model.", notes[0], StringComparison.Ordinal);
        Assert.StartsWith("Mean ± sample standard deviation over seeds.", notes[1], StringComparison.Ordinal);
    }
}
