using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Tests.Charts;

/// <summary>All figures are worked by hand from the eight images of <see cref="HandmadeRun"/>.</summary>
public sealed class ReportChartsTests
{
    private static readonly ReportView View = HandmadeRun.View();

    [Fact]
    public void Accuracy_History_IsTwoLinesAndARingAtTheBestEpoch()
    {
        var marks = ((PlotChart)ReportCharts.Accuracy(View, View.Groups[0])).Marks;

        Assert.Equal([(1, .7), (2, .8)], ((LineMark)marks[0]).Points.Select(point => (point.X, point.Y)));
        Assert.Equal([(1, .72), (2, .78)], ((LineMark)marks[1]).Points.Select(point => (point.X, point.Y)));
        Assert.Equal([new ChartPoint(2, .78, "best epoch 2: 0.7800")], ((DotMark)marks[2]).Points);
    }

    /// <summary>By hand: .5 - .6 and .45 - .4.</summary>
    [Fact]
    public void Gap_History_IsValidationMinusTrainingLoss()
    {
        var line = (LineMark)((PlotChart)ReportCharts.Gap(View)).Marks[1];

        Assert.Equal(-.1, line.Points[0].Y, 1e-12);
        Assert.Equal(.05, line.Points[1].Y, 1e-12);
    }

    [Fact]
    public void Confusion_Model1_ShadesSharesAndWritesCounts()
    {
        var map = (HeatMap)ReportCharts.Confusion(View, View.Groups[0]);

        Assert.Equal([0, 0, 0, 0, 1], map.Shades[3]);
        Assert.Equal(["1", "0", "0", "0", "0"], map.Texts[4]);
        Assert.Equal(["100.0", "0.0", "0.0", "0.0", "0.0"], ((HeatMap)ReportCharts.NormalisedConfusion(View, View.Groups[0])).Texts[4]);
    }

    /// <summary>
    /// The best two are Models 4 and 1. They agree on labels 0 to 2; label 3 is all right in one and all wrong in the other, which is
    /// the largest difference and has the shade .8.
    /// </summary>
    [Fact]
    public void ConfusionDifference_TwoBestModels_SubtractsTheirShares()
    {
        var map = (HeatMap)ReportCharts.ConfusionDifference(View)!;

        Assert.Equal("Model 4 minus Model 1, points", map.Title);
        Assert.Equal(["0.0", "0.0", "0.0", "+100.0", "−100.0"], map.Texts[3]);
        Assert.Equal([0, 0, 0, .8, -.8], map.Shades[3]);
        Assert.Null(ReportCharts.ConfusionDifference(HandmadeRun.View(HandmadeRun.Model1)));
    }

    [Fact]
    public void Recall_Labels_HavePointsInsideTheirIntervals()
    {
        var chart = (PlotChart)ReportCharts.Recall(View);

        Assert.Equal(
            [0, .5, 1, 1, 0], chart.Marks.OfType<DotMark>().Single(mark => mark.Label == "Model 3").Points.Select(point => point.Y));
        Assert.All(
            chart.Marks.OfType<SpanMark>().SelectMany(mark => mark.Spans)
                .Zip(chart.Marks.OfType<DotMark>().SelectMany(mark => mark.Points)),
            pair =>
            {
                Assert.Equal(pair.First.X, pair.Second.X);
                Assert.InRange(pair.Second.Y, pair.First.Low, pair.First.High);
            });
    }

    /// <summary>By hand: image n has the grey value n in every pixel; labels 0 and 1 have the values 0 to 4 and 10.</summary>
    [Fact]
    public void Brightness_ByLabel_HasTheQuantilesOfTheMeans()
    {
        byte[] greys = [4, 2, 0, 3, 1, 10];
        var images = new LabelledImages(
            [.. greys.SelectMany(grey => Enumerable.Repeat(grey, 784))], [0, 0, 0, 0, 0, 1], new byte[6], [0, 1, 2, 3, 4, 5]);

        var marks = ((PlotChart)ReportCharts.Brightness(new ReportView(View.Document, images))).Marks;

        Assert.Equal([new ChartPoint(0, 2), new ChartPoint(1, 10)], ((DotMark)marks[2]).Points);
        Assert.Equal([new ChartSpan(0, 1, 3), new ChartSpan(1, 10, 10)], ((SpanMark)marks[1]).Spans);
    }

    [Fact]
    public void AgainstParameters_Models_StandAtTheirParametersAndAccuracy()
    {
        var chart = (PlotChart)ReportCharts.AgainstParameters(
            HandmadeRun.View(HandmadeRun.Model1, HandmadeRun.Model4 with { Parameters = 3_383_589 }));

        Assert.Equal(
            "Accuracy against parameters: Model 1 0.7500 at 1 k; Model 4 0.8750 at 3.4 M.", chart.Description);
        Assert.Equal([(1_000, .75), (3_383_589, .875)],
            chart.Marks.OfType<DotMark>().SelectMany(mark => mark.Points).Select(point => (point.X, point.Y)));
        Assert.True(chart.X.Logarithmic);
    }

    [Fact]
    public void All_NoModelAndNoImage_IsEmpty()
    {
        var input = HandmadeRun.Input() with { Evaluations = [], TestImages = new LabelledImages([], [], [], []) };

        Assert.Empty(ReportCharts.All(new ReportView(ReportBuilder.Build(input), input.TestImages)));
    }
}
