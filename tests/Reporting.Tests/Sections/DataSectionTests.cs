using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class DataSectionTests
{
    [Fact]
    public void Of_TestImages_ShowsSamplesOfEveryLabel()
    {
        var section = DataSection.Of(HandmadeRun.View());

        Assert.Equal("Fashion-MNIST, five ordinal labels, competition split.", section.Lead);
        Assert.Equal(["48,000", "10", "8"], SectionsOf.Blocks<Facts>(section)[0].Items.Select(fact => fact.Value));
        Assert.Equal([2, 2, 2, 1, 1], SectionsOf.Blocks<Gallery>(section).Select(gallery => gallery.Items.Count));
        Assert.Equal(
            "Brightness quintile 1 of 5 (Class 0), test image 10: T-shirt/top",
            SectionsOf.Blocks<Gallery>(section)[0].Items[0].Description);
    }

    /// <summary>A stored run whose images are gone still has a report.</summary>
    [Fact]
    public void Of_NoImages_HasNeitherSamplesNorFigure()
    {
        var section = DataSection.Of(new ReportView(
            ReportBuilder.Build(HandmadeRun.Input()), HandmadeRun.Input() with { TestImages = new LabelledImages([], [], [], []) }));

        Assert.Empty(SectionsOf.Blocks<Gallery>(section));
        Assert.Empty(SectionsOf.Charts(section));
    }
}
