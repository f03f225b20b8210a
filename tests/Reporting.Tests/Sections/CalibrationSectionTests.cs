using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class CalibrationSectionTests
{
    /// <summary>By hand: the confidence of every prediction is e^5 / (e^5 + 4) = .9737 against accuracies of 6/8, 4/8 and 7/8.</summary>
    [Theory]
    [InlineData(0, "Overconfident on average: confidence minus accuracy is +22.4 points.")]
    [InlineData(1, "Overconfident on average: confidence minus accuracy is +47.4 points.")]
    // Wilson's interval of 7 of 8 is .5291 to .9776 and contains .9737.
    [InlineData(2, "Confidence matches accuracy on average, as far as these images tell: confidence minus accuracy is +9.9 points.")]
    public void Of_EqualConfidence_SaysHowFarItIsFromTheAccuracy(int model, string expected) => Assert.StartsWith(
        expected, SectionsOf.Blocks<Figures>(CalibrationSection.Of(HandmadeRun.View()))[0].Items[model].Caption, StringComparison.Ordinal);

    /// <summary>Every validation image is labelled correctly with the same logits, so the likelihood grows as T falls.</summary>
    [Fact]
    public void Of_TemperatureAtTheLimitOfTheSearch_SaysSo()
    {
        var view = HandmadeRun.View(HandmadeRun.Model1);

        Assert.EndsWith(
            "T is a limit of the search (0.05 to 20), and the best value may lie beyond it.",
            SectionsOf.Blocks<Figures>(CalibrationSection.Of(view))[0].Items[0].Caption, StringComparison.Ordinal);
        Assert.Equal("0.05 (limit)", SectionsOf.Blocks<TableBlock>(CalibrationSection.Of(view))[0].Table.Rows[0].Cells[1].Text);
        Assert.True(view.Document.Models[0].Calibration.TemperatureAtLimit);
    }
}
