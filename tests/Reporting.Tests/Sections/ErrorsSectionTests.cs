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
            "Every model labels 1 image of the test set wrong. If the models failed independently, 0.1 would be expected.",
            SectionsOf.Blocks<Paragraph>(section)[0].Text, StringComparison.Ordinal);
        var common = SectionsOf.Blocks<Gallery>(section).Single(gallery => gallery.Title == "Wrong in every model");
        Assert.Equal(["true brightness quintile 5 of 5 (Class 4)", "#17, 5,684 grey values from a cut"], Assert.Single(common.Items).Lines);
    }

    /// <summary>The confidence of logits 5, 0, 0, 0, 0 is e^5 / (e^5 + 4) = 97.4 %.</summary>
    [Fact]
    public void Of_Mistakes_ShowsTruthPredictionAndConfidence()
    {
        var gallery = SectionsOf.Blocks<Gallery>(ErrorsSection.Of(HandmadeRun.View()))[0];

        Assert.Equal("Model 1: most confident mistakes", gallery.Title);
        Assert.Equal(
            [
                "Test image 16, T-shirt/top: true brightness quintile 4 of 5 (Class 3), predicted brightness quintile 5 of 5 (Class 4) "
                    + "with confidence 97.4 %",
                "Test image 17, T-shirt/top: true brightness quintile 5 of 5 (Class 4), predicted brightness quintile 1 of 5 (Class 0) "
                    + "with confidence 97.4 %",
            ],
            gallery.Items.Select(item => item.Description).Order());
    }

    /// <summary>By hand: each image is a group of its own, and only the last image of the eight is wrong in Model 4.</summary>
    [Fact]
    public void Of_FiveLabels_CountsTheErrorsNearestToACut() => Assert.EndsWith(
        "Errors in the group nearest to a cut: Model 4: 0 of 1 (0.0 %, in 12.5 % of the images).",
        SectionsOf.Blocks<Figures>(ErrorsSection.Of(HandmadeRun.View(HandmadeRun.Model4)))[0].Items[0].Caption,
        StringComparison.Ordinal);

    [Fact]
    public void Of_OneModel_HasNoCommonErrors() => Assert.DoesNotContain(
        SectionsOf.Blocks<Heading>(ErrorsSection.Of(HandmadeRun.View(HandmadeRun.Model1))), heading =>
            heading.Text.Contains("common", StringComparison.Ordinal));
}
