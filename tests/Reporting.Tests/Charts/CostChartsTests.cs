using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Tests.Charts;

/// <summary>All figures are worked by hand from <see cref="HandmadeRun"/>.</summary>
public sealed class CostChartsTests
{
    [Fact]
    public void AgainstParameters_Models_StandAtTheirParametersAndAccuracy()
    {
        var chart = (PlotChart)CostCharts.AgainstParameters(
            HandmadeRun.View(HandmadeRun.Model1, HandmadeRun.Model4 with { Parameters = 3_383_589 }));

        Assert.Equal(
            "Accuracy against parameters: Model 1 0.7500 at 1 k; Model 4 0.8750 at 3.4 M.", chart.Description);
        Assert.Equal([(1_000, .75), (3_383_589, .875)],
            chart.Marks.OfType<DotMark>().SelectMany(mark => mark.Points).Select(point => (point.X, point.Y)));
        Assert.True(chart.X.Logarithmic);
    }
}
