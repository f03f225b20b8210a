using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class CalibrationSectionTests
{
    /// <summary>By hand: the confidence of every prediction is e^5 / (e^5 + 4) = .9737 against accuracies of 6/8, 4/8 and 7/8.</summary>
    [Theory]
    [InlineData(0, "Overconfident on average: confidence minus accuracy is +22.4 points.")]
    [InlineData(1, "Overconfident on average: confidence minus accuracy is +47.4 points.")]
    [InlineData(2, "Overconfident on average: confidence minus accuracy is +9.9 points.")]
    public void Of_EqualConfidence_SaysHowFarItIsFromTheAccuracy(int model, string expected) => Assert.StartsWith(
        expected, SectionsOf.Blocks<Figures>(CalibrationSection.Of(HandmadeRun.View()))[0].Items[model].Caption, StringComparison.Ordinal);
}
