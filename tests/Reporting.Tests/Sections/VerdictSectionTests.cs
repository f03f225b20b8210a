using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class VerdictSectionTests
{
    /// <summary>By hand: Model 4 labels 7 of 8 images correctly, Model 1 6; the study's best is .9028. All differences
    /// fall on one image, so a resample's is 0 to 3 of 8 images; its distance from the study: see <see cref="VerdictTests"/>.</summary>
    [Fact]
    public void Of_ThreeModels_StatesTheKeyFigures() => Assert.Equal(
        [
            new Fact("Chosen", "Model 4", "level with Model 1 and Model 3 on test; validation accuracy 0.9000"),
            new Fact("Test accuracy", "0.8750", "95 % interval 0.5291 to 0.9776"),
            new Fact("Against Model 1", "+12.5 points", "on test: level, 95 % interval 0.0 to +37.5 points, p = 1.000"),
            new Fact("Against the study's best", "−2.8 points", "published: 0.9028; 95 % interval −37.4 to +7.5 points"),
        ],
        SectionsOf.Blocks<Facts>(VerdictSection.Of(HandmadeRun.View()))[0].Items);

    [Fact]
    public void Of_OneModel_CallsItTheOnlyOne() => Assert.Equal(
        new Fact("Only model", "Model 1", "validation accuracy 0.8000"),
        SectionsOf.Blocks<Facts>(VerdictSection.Of(HandmadeRun.View(HandmadeRun.Model1)))[0].Items[0]);

    [Fact]
    public void Of_SeveralSeeds_SaysWhatTheFiguresMean()
    {
        var notes = new[] { HandmadeRun.View(), HandmadeRun.View(HandmadeRun.Model1, HandmadeRun.Model1 with { Seed = 2 }) }
            .Select(view => SectionsOf.Blocks<TableBlock>(VerdictSection.Of(view))[0].Note).ToArray();

        Assert.StartsWith("One seed per model.", notes[0], StringComparison.Ordinal);
        Assert.StartsWith("Mean ± sample standard deviation over seeds.", notes[1], StringComparison.Ordinal);
    }
}
