namespace ServerlessFashion.Reporting.Tables;

/// <summary>The tables with one row per label.</summary>
internal static class LabelTables
{
    public static ReportTable Data(ReportView view)
    {
        var data = view.Document.Data;
        return new ReportTable("data", "Test images by label",
            [new("Label", Numeric: false), new("Test images"), new("Share")],
            [
                .. view.LabelNames.Select((name, label) => (name, Count: view.TestImages.Labels.Count(l => l == label)))
                    .Select(row => new Row(
                        [row.name, Cell.Count(row.Count), Cell.Percent((double)row.Count / Math.Max(1, view.TestImages.Count))])),
                new Row(["All", Cell.Count(data.Test), Cell.Percent(1)]),
            ]);
    }

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
            Cell.Share(score.Precision), Cell.Share(score.PrecisionInterval!.Low), Cell.Share(score.PrecisionInterval.High),
            Cell.Share(score.Recall), Cell.Share(score.RecallInterval!.Low), Cell.Share(score.RecallInterval.High),
            Cell.Share(score.F1), Cell.Count(score.Support),
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
                    view.LabelNames[score.Label],
                    Cell.Share(score.Precision, score.Precision == scores.Max(s => s.Precision)), Cell.Interval(score.PrecisionInterval!),
                    Cell.Share(score.Recall, score.Recall == scores.Max(s => s.Recall)), Cell.Interval(score.RecallInterval!),
                    Cell.Share(score.F1, score.F1 == scores.Max(s => s.F1)), Cell.Count(score.Support),
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
}
