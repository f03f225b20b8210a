using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests.Charts;

public sealed class PruningChartTests
{
    /// <summary>By hand from the histories of <see cref="SyntheticReport.Pruned"/>.</summary>
    [Fact]
    public void Of_PrunedModel_HasAPointForEachCutAndALineForTheDenseModel()
    {
        var run = SyntheticReport.Pruned();

        var chart = (PlotChart)PruningChart.Of(new ReportView(ReportBuilder.Build(run), run));

        var lines = chart.Marks.Cast<LineMark>().ToArray();
        Assert.Equal(
            [("Model 4", true), ("Model 4 pruned", false), ("Model 4 slim", false)], lines.Select(line => (line.Label, line.Dashed)));
        Assert.Equal([0, 100], lines[0].Points.Select(point => point.X));
        Assert.Equal([.85, .84, .83], lines[1].Points.Select(point => point.Y));
        Assert.Equal(
            ["0.8500 without 0.0 %", "0.8400 without 78.7 %", "0.8300 without 90.0 %"], lines[1].Points.Select(point => point.Text));
    }
}
