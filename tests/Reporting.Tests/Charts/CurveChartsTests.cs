using ServerlessFashion.Evaluation;
using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Tests.Charts;

/// <summary>All figures are worked by hand from <see cref="HandmadeRun"/>.</summary>
public sealed class CurveChartsTests
{
    private static readonly ReportView View = HandmadeRun.View();

    [Fact]
    public void Accuracy_History_IsTwoLinesAndARingAtTheBestEpoch()
    {
        var marks = ((PlotChart)CurveCharts.Accuracy(View.Groups[0])).Marks;

        Assert.Equal([(1, .7), (2, .8)], ((LineMark)marks[0]).Points.Select(point => (point.X, point.Y)));
        Assert.Equal([(1, .72), (2, .78)], ((LineMark)marks[1]).Points.Select(point => (point.X, point.Y)));
        Assert.Equal([new ChartPoint(2, .78, "best epoch 2: 0.7800")], ((DotMark)marks[2]).Points);
    }

    /// <summary>
    /// Of 2 x 20 values the lowest and the highest do not stretch the axis. The highest remaining one is .5; the peak of 2.2 is outside.
    /// </summary>
    [Fact]
    public void Loss_CurveThatLeavesThePlot_IsToldByTheAxis()
    {
        var history = Enumerable.Range(1, 20)
            .Select(epoch => new EpochRow(epoch, "all", .4, .8, epoch == 3 ? 2.2 : .5, .78, 1e-3, 40)).ToList();
        var view = HandmadeRun.View(HandmadeRun.Model1 with { History = history }, HandmadeRun.Model3);

        var axis = ((PlotChart)CurveCharts.Loss(view.Groups.Single(group => group.Name == "model1"))).Y;

        Assert.Equal("Cross-entropy, nats (up to 2.2000 outside)", axis.Title);
        Assert.Equal(.5, axis.High, 1e-9);
        Assert.Equal("Cross-entropy, nats", ((PlotChart)CurveCharts.Loss(View.Groups[0])).Y.Title);
    }

    /// <summary>By hand: .5 - .6 and .45 - .4.</summary>
    [Fact]
    public void Gap_History_IsValidationMinusTrainingLoss()
    {
        var line = (LineMark)((PlotChart)CurveCharts.Gap(View)).Marks[1];

        Assert.Equal(-.1, line.Points[0].Y, 1e-12);
        Assert.Equal(.05, line.Points[1].Y, 1e-12);
    }
}
