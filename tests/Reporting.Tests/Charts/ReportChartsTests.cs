using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Tests.Charts;

/// <summary>All figures are worked by hand from the eight images of <see cref="HandmadeRun"/>.</summary>
public sealed class ReportChartsTests
{
    private static readonly ReportView View = HandmadeRun.View();

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

    /// <summary>Model 4 never predicts label 4, so the label has no precision and no mark for it.</summary>
    [Fact]
    public void Precision_LabelThatIsNeverPredicted_HasNoMark()
    {
        var marks = ((PlotChart)ReportCharts.Precision(HandmadeRun.View(HandmadeRun.Model4))).Marks;

        Assert.Equal([1, 1, 1, .5], marks.OfType<DotMark>().Single().Points.Select(point => point.Y));
        Assert.Equal(4, marks.OfType<SpanMark>().Single().Spans.Count);
    }

    /// <summary>By hand: image n has the grey value n in every pixel; labels 0 and 1 have the values 0 to 4 and 10.</summary>
    [Fact]
    public void Brightness_ByLabel_HasTheQuantilesOfTheMeans()
    {
        byte[] greys = [4, 2, 0, 3, 1, 10];
        var images = new LabelledImages(
            [.. greys.SelectMany(grey => Enumerable.Repeat(grey, 784))], [0, 0, 0, 0, 0, 1], new byte[6], [0, 1, 2, 3, 4, 5]);

        var marks =
            ((PlotChart)ReportCharts.Brightness(new ReportView(View.Document, HandmadeRun.Input() with { TestImages = images }))).Marks;

        Assert.Equal([new ChartPoint(0, 2), new ChartPoint(1, 10)], ((DotMark)marks[2]).Points);
        Assert.Equal([new ChartSpan(0, 1, 3), new ChartSpan(1, 10, 10)], ((SpanMark)marks[1]).Spans);
    }

    [Fact]
    public void All_NoModelAndNoImage_IsEmpty()
    {
        var input = HandmadeRun.Input() with { Evaluations = [], TestImages = new LabelledImages([], [], [], []) };

        Assert.Empty(ReportCharts.All(new ReportView(ReportBuilder.Build(input), input)));
    }
}
