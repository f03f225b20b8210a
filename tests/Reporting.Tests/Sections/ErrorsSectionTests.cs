using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class ErrorsSectionTests
{
    /// <summary>By hand: image 17 alone is wrong in every model, and .125 images would be, were the models independent.</summary>
    [Fact]
    public void Of_ThreeModels_ShowsTheirCommonError()
    {
        var section = ErrorsSection.Of(HandmadeRun.View());

        Assert.StartsWith(
            "1 test images are labelled wrong by every model. If the models failed independently, there would be 0.",
            SectionsOf.Blocks<Paragraph>(section)[0].Text, StringComparison.Ordinal);
        var common = SectionsOf.Blocks<Gallery>(section).Single(gallery => gallery.Title == "Wrong in every model");
        Assert.Equal(["true Class 4", "#17, 5,684 from a cut"], Assert.Single(common.Items).Lines);
    }

    /// <summary>The confidence of logits 5, 0, 0, 0, 0 is e^5 / (e^5 + 4) = 97.4 %.</summary>
    [Fact]
    public void Of_Mistakes_ShowsTruthPredictionAndConfidence()
    {
        var gallery = SectionsOf.Blocks<Gallery>(ErrorsSection.Of(HandmadeRun.View()))[0];

        Assert.Equal("Model 1: most confident mistakes", gallery.Title);
        Assert.Equal(
            [
                "Test image 16, T-shirt/top: true Class 3, predicted Class 4 with confidence 97.4 %",
                "Test image 17, T-shirt/top: true Class 4, predicted Class 0 with confidence 97.4 %",
            ],
            gallery.Items.Select(item => item.Description).Order());
    }

    [Fact]
    public void Of_OneModel_HasNoCommonErrors() => Assert.DoesNotContain(
        SectionsOf.Blocks<Heading>(ErrorsSection.Of(HandmadeRun.View(HandmadeRun.Model1))), heading =>
            heading.Text.Contains("common", StringComparison.Ordinal));
}
