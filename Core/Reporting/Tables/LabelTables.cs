namespace ServerlessFashion.Reporting.Tables;

/// <summary>The tables with one row per label.</summary>
internal static class LabelTables
{
    public static ReportTable Data(ReportView view)
    {
        var data = view.Document.Data;
        var counts = view.LabelTitles.Select((_, label) => CountOf(view, label)).ToList();
        return new ReportTable("data", "Test images by label",
            [new("Label", Numeric: false), new("Test images"), new("Share")],
            [
                .. view.LabelHeadings.Zip(counts, (name, count) => new Row(
                    [name, Cell.Count(count), Cell.Percent((double)count / Math.Max(1, counts.Sum()))])),
                new Row(["All", Cell.Count(data.Test), Cell.Percent(1)]),
            ]);
    }

    /// <summary>Without the images, the models still tell which labels they were tested on.</summary>
    private static int CountOf(ReportView view, int label) => view.MissingImages is null || view.Groups is []
        ? view.TestImages.Labels.Count(one => one == label)
        : view.Groups[0].First.PerClass[label].Support;

    /// <summary>All models and seeds in one table, for the file.</summary>
    public static ReportTable PerClass(ReportView view) => new("per-class", "Precision, recall, F1 and support by label, on the test set",
        [
            new("Model", Numeric: false), new("Seed"), new("Label", Numeric: false), new("Precision"), new("Precision low"),
            new("Precision high"),
            new("Recall"), new("Recall low"), new("Recall high"), new("F1"), new("Support"),
        ],
        [.. view.Groups.SelectMany(group => group.Seeds).SelectMany(model => model.PerClass.Select(score => new Row(
        [
            model.Name, Cell.Count(model.Seed), view.LabelNames[score.Label],
            Precision(score), Precision(score, score.PrecisionInterval!.Low), Precision(score, score.PrecisionInterval.High),
            Recall(score), Recall(score, score.RecallInterval!.Low), Recall(score, score.RecallInterval.High),
            F1(score), Cell.Count(score.Support),
        ])))]);

    /// <summary>One model's labels, for the page.</summary>
    public static ReportTable PerClass(ReportView view, ModelGroup group)
    {
        var scores = group.First.PerClass;
        return new ReportTable($"per-class-{group.FileName}", $"{group.Title}: precision, recall, F1 and support by label",
            [
                new("Label", Numeric: false), new("Precision"), new("95 % interval"), new("Recall"), new("95 % interval"), new("F1"),
                new("Support"),
            ],
            [
                .. scores.Select(score => new Row(
                [
                    view.LabelHeadings[score.Label],
                    Precision(score) with { Best = score.HasPrecision && score.Precision == scores.Max(s => s.Precision) },
                    score.HasPrecision ? Cell.Interval(score.PrecisionInterval!) : Cell.None,
                    Recall(score) with { Best = score.HasRecall && score.Recall == scores.Max(s => s.Recall) },
                    score.HasRecall ? Cell.Interval(score.RecallInterval!) : Cell.None,
                    F1(score) with { Best = score.HasF1 && score.F1 == scores.Max(s => s.F1) }, Cell.Count(score.Support),
                ])),
                new Row(
                [
                    "Macro mean", Cell.Share(scores.Average(s => s.Precision)), "", Cell.Share(scores.Average(s => s.Recall)), "",
                    Cell.Share(group.First.Test.MacroF1), Cell.Count(scores.Sum(s => s.Support)),
                ]),
            ]);
    }

    public static ReportTable PublishedPerClass { get; } = new(
        "published-per-class-model4", "Model 4 as published: on held-out training images",
        [new("Label", Numeric: false), new("Precision"), new("Recall"), new("F1"), new("Support")],
        [.. PublishedStudy.Model4PerClass.Select(score => new Row(
            [
                $"Class {score.Label}", Cell.Number(score.Precision, "0.00"), Cell.Number(score.Recall, "0.00"),
                Cell.Number(score.F1, "0.00"), Cell.Count(score.Support),
            ],
            Published: true))]);

    public static ReportTable Confusion(ReportView view, ModelGroup group) => new(
        $"confusion-{group.FileName}", $"{group.Title}: test images by true label (row) and predicted label (column)",
        [new("True label", Numeric: false), .. view.LabelNames.Select(name => new Column(name))],
        [.. group.First.Confusion.Select((row, label) => new Row([view.LabelNames[label], .. row.Select(count => Cell.Count(count))]))]);

    public static ReportTable NormalisedConfusion(ReportView view, ModelGroup group) => new(
        $"confusion-normalised-{group.FileName}", $"{group.Title}: share of each true label (row) by predicted label (column)",
        [new("True label", Numeric: false), .. view.LabelNames.Select(name => new Column(name))],
        [.. group.First.Confusion.Select((row, label) => new Row(
            [view.LabelNames[label], .. row.Select(count => Cell.Share((double)count / Math.Max(1, row.Sum())))]))]);

    private static Cell Precision(ClassScore score, double? value = null) =>
        Cell.Share(score.HasPrecision ? value ?? score.Precision : null);

    private static Cell Recall(ClassScore score, double? value = null) => Cell.Share(score.HasRecall ? value ?? score.Recall : null);

    private static Cell F1(ClassScore score) => Cell.Share(score.HasF1 ? score.F1 : null);
}
