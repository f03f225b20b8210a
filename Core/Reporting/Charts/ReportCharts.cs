using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Reporting.Charts;

/// <summary>Every figure of the report.</summary>
internal static class ReportCharts
{
    private const int ConfusionsNamed = 3;

    private static readonly double[] QuantileLevels = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>All figures of <c>plots/</c>.</summary>
    public static IEnumerable<Chart> All(ReportView view)
    {
        if (view.Groups.Count == 0)
        {
            return [.. BrightnessIfKnown(view)];
        }

        return
        [
            .. BrightnessIfKnown(view), CurveCharts.AllAccuracy(view), CurveCharts.AllLoss(view), CurveCharts.Gap(view),
            .. view.Groups.SelectMany(group => new[] { CurveCharts.Accuracy(group), CurveCharts.Loss(group) }),
            Recall(view), Precision(view),
            .. view.Groups.SelectMany(group => new[] { Confusion(view, group), NormalisedConfusion(view, group) }),
            .. ConfusionDifference(view) is { } difference ? new[] { difference } : [],
            .. view.Groups.Select(group => Reliability(view, group)),
            .. view.Labels.FollowBrightness ? new[] { CutDistance(view) } : [],
            CostCharts.AgainstParameters(view), CostCharts.AgainstTrainingTime(view), CostCharts.AgainstLatency(view),
            .. view.Document.Search is { Trials.Count: > 0 } ? new[] { SearchChart.Of(view) } : [],
            .. view.Document.Pruning.Count > 0 ? new[] { PruningChart.Of(view) } : [],
        ];
    }

    private static Chart[] BrightnessIfKnown(ReportView view) =>
        view.Labels.AreOfFashionMnist && (view.Groups.Count > 0 || view.TestImages.Count > 0) ? [Brightness(view)] : [];

    /// <summary>Total brightness of the test images of each label: 5 to 95 %, the middle half, the median.</summary>
    public static Chart Brightness(ReportView view)
    {
        var quantiles = view.LabelNames.Select((_, label) => Quantiles(view.TestImages, label)).ToArray();
        var known = quantiles.Where(q => q.Length > 0).ToArray();
        var medians = view.LabelNames.Zip(quantiles).Where(pair => pair.Second.Length > 0)
            .Select(pair => $"{pair.First} {pair.Second[2]:0}");
        return new PlotChart("brightness", "Brightness by label",
            $"Mean grey value of the test images of each label. Medians: {string.Join(", ", medians)}.",
            Axis.Categories(view.Labels.Wording.Axis, [.. view.LabelNames]),
            Axis.Linear("Mean grey value, 0 to 255", known.SelectMany(q => q).Append(0)),
            [
                new SpanMark("5 % to 95 %", Ink.Muted, Spans(quantiles, 0, 4), 2),
                new SpanMark("middle half", Ink.Blue, Spans(quantiles, 1, 3), 14),
                new DotMark("median", Ink.Orange,
                [
                    .. quantiles.Index().Where(pair => pair.Item.Length > 0).Select(pair => new ChartPoint(pair.Index, pair.Item[2])),
                ]),
            ]);
    }

    public static Chart Recall(ReportView view) => ByLabel(
        view, "recall", "Recall", score => score.HasRecall, score => score.Recall, score => score.RecallInterval!);

    public static Chart Precision(ReportView view) => ByLabel(
        view, "precision", "Precision", score => score.HasPrecision, score => score.Precision, score => score.PrecisionInterval!);

    public static Chart Confusion(ReportView view, ModelGroup group) => new HeatMap(
        $"confusion-{group.FileName}", $"{group.Title}: confusion, images", ConfusionWords(view, group), "Predicted", "True",
        [.. view.LabelNames],
        [.. Shares(group).Select(row => (IReadOnlyList<double>)row)],
        [.. group.First.Confusion.Select(row => (IReadOnlyList<string>)[.. row.Select(count => Wording.Count(count))])]);

    public static Chart NormalisedConfusion(ReportView view, ModelGroup group) => new HeatMap(
        $"confusion-normalised-{group.FileName}", $"{group.Title}: confusion, percent of the true label", ConfusionWords(view, group),
        "Predicted", "True", [.. view.LabelNames],
        [.. Shares(group).Select(row => (IReadOnlyList<double>)row)],
        [.. Shares(group).Select(row => (IReadOnlyList<string>)[.. row.Select(share => Wording.Number(100 * share, "0.0"))])]);

    /// <summary>The difference of the two best models' normalised confusion matrices; null with fewer than two models.</summary>
    public static Chart? ConfusionDifference(ReportView view)
    {
        if (view.Document.Comparison.Ranking.Count < 2)
        {
            return null;
        }

        var pair = view.Document.Comparison.Ranking.Take(2).Select(rank => view.Groups.First(group => group.Name == rank.Name)).ToArray();
        var (first, second) = (Shares(pair[0]), Shares(pair[1]));
        var differences = first.Zip(second, (a, b) => a.Zip(b, (x, y) => x - y).ToArray()).ToArray();
        var largest = Math.Max(0.01, differences.SelectMany(row => row).Max(Math.Abs));
        return new HeatMap(
            "confusion-difference", $"{pair[0].Title} minus {pair[1].Title}, points",
            $"Percentage points by which {pair[0].Title} puts more (blue) or less (orange) of a true label into a predicted label than "
                + $"{pair[1].Title}.",
            "Predicted", "True", [.. view.LabelNames],
            [.. differences.Select(row => (IReadOnlyList<double>)[.. row.Select(value => 0.8 * value / largest)])],
            [.. differences.Select(row => (IReadOnlyList<string>)[.. row.Select(Wording.Points)])]);
    }

    public static Chart Reliability(ReportView view, ModelGroup group)
    {
        var calibration = group.First.Calibration;
        return new PlotChart($"reliability-{group.FileName}", $"{group.Title}: reliability",
            $"Accuracy by confidence of {group.Title}; expected calibration error {Wording.Share(calibration.Before.Ece)} before and "
                + $"{Wording.Share(calibration.After.Ece)} after temperature scaling.",
            Axis.Linear("Confidence", [0, 1], 0, 1), Axis.Linear("Accuracy", [0, 1], 0, 1),
            [
                new LineMark("perfect", Ink.Muted, [new(0, 0), new(1, 1)], Dashed: true),
                new LineMark("as trained", Ink.Orange, Bins(calibration.Before), Dots: true),
                new LineMark("after scaling", Ink.Blue, Bins(calibration.After), Dots: true),
            ]);
    }

    /// <summary>Error rate in ten equal groups by distance to the nearest cut.</summary>
    public static Chart CutDistance(ReportView view)
    {
        var groups = view.Groups.Where(group => group.First.CutDistance is { Count: > 0 }).ToArray();
        var labels = groups.Length == 0 ? [] : groups[0].First.CutDistance!.Select(g => Wording.Number(g.To / 1000.0, "0.0")).ToArray();
        return new PlotChart("cut-distance", "Error rate by distance to the nearest label cut",
            $"Error rate in ten equally large groups of test images, from those nearest a label cut to those farthest, for {Names(view)}.",
            Axis.Categories("Distance up to, in 1,000 grey values of the whole image", labels),
            Axis.Linear("Error rate", groups.SelectMany(group => group.First.CutDistance!).Select(g => g.ErrorRate).Append(0), 0, 1),
            [
                .. groups.Select(group => new LineMark(
                    group.Title, Palette.Of(group),
                    [
                        .. group.First.CutDistance!.Select((g, i) => new ChartPoint(
                            i, g.ErrorRate, $"{group.Title}: {Wording.Percent(g.ErrorRate)} of {Wording.Images(g.Images)}")),
                    ],
                    Dots: true)),
            ]);
    }

    /// <summary>Labels whose score is not defined have no mark.</summary>
    private static PlotChart ByLabel(
        ReportView view, string name, string title, Func<ClassScore, bool> defined, Func<ClassScore, double> value,
        Func<ClassScore, Interval> interval)
    {
        var step = 0.7 / Math.Max(1, view.Groups.Count);
        double Place(int label, int model) => label + (model - (view.Groups.Count - 1) / 2.0) * step;
        var values = view.Groups.SelectMany(group => group.First.PerClass).Where(defined)
            .SelectMany(score => new[] { interval(score).Low, interval(score).High });
        return new PlotChart(name, $"{title} by label", $"{title} of each label with 95 % Wilson intervals, for {Names(view)}.",
            Axis.Categories(view.Labels.Wording.Axis, [.. view.LabelNames]), Axis.Linear(title, values, 0, 1),
            [
                .. view.Groups.Select((group, model) => new SpanMark(
                    null, Palette.Of(group),
                    [
                        .. group.First.PerClass.Where(defined).Select(score => new ChartSpan(
                            Place(score.Label, model), interval(score).Low, interval(score).High)),
                    ],
                    2)),
                .. view.Groups.Select((group, model) => new DotMark(
                    group.Title, Palette.Of(group),
                    [.. group.First.PerClass.Where(defined).Select(score => new ChartPoint(Place(score.Label, model), value(score)))])),
            ]);
    }

    private static string ConfusionWords(ReportView view, ModelGroup group)
    {
        var worst = group.First.Confusion.SelectMany((row, truth) => row.Select((count, predicted) => (count, truth, predicted)))
            .Where(cell => cell.truth != cell.predicted && cell.count > 0).GroupBy(cell => cell.count).MaxBy(cells => cells.Key);
        var pairs = worst?.Take(ConfusionsNamed)
            .Select(cell => $"{view.LabelTitles[cell.truth]} taken for {view.LabelTitles[cell.predicted]}");
        return worst is null ? $"{group.Title} confuses no labels."
            : worst.Count() > ConfusionsNamed
                ? $"{group.Title}: {worst.Count()} confusions are equally frequent, {Wording.Images(worst.Key)} each."
            : $"{group.Title}: the most frequent {(worst.Count() == 1 ? "confusion is" : "confusions are")} {Wording.List([.. pairs!])}, "
                + $"{Wording.Images(worst.Key)}{(worst.Count() == 1 ? "" : " each")}.";
    }

    private static IReadOnlyList<ChartPoint> Bins(Calibration calibration) =>
    [
        .. calibration.Bins.Where(bin => bin.Count > 0).Select(bin => new ChartPoint(
            bin.Confidence, bin.Accuracy,
            $"{Wording.Images(bin.Count)}: confidence {Wording.Share(bin.Confidence)}, accuracy {Wording.Share(bin.Accuracy)}")),
    ];

    private static double[][] Shares(ModelGroup group) =>
        [.. group.First.Confusion.Select(row => row.Select(count => (double)count / Math.Max(1, row.Sum())).ToArray())];

    private static double[] Quantiles(LabelledImages images, int label)
    {
        var means = Enumerable.Range(0, images.Count).Where(i => images.Labels[i] == label)
            .Select(i => FiveLabelRule.Brightness(images.Image(i)) / (double)FashionMnist.PixelsPerImage).Order().ToArray();
        return means.Length == 0 ? [] : [.. QuantileLevels.Select(level => Quantile.Lower(means, level))];
    }

    private static IReadOnlyList<ChartSpan> Spans(double[][] quantiles, int low, int high) =>
        [.. quantiles.Select((q, label) => (q, label)).Where(pair => pair.q.Length > 0)
            .Select(pair => new ChartSpan(pair.label, pair.q[low], pair.q[high]))];

    /// <summary>The titles of all models in one list.</summary>
    internal static string Names(ReportView view) => Wording.List([.. view.Groups.Select(group => group.Title)]);
}
