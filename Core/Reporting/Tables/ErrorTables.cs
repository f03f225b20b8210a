namespace ServerlessFashion.Reporting.Tables;

/// <summary>The tables of errors on the test set and of the confidence in them.</summary>
internal static class ErrorTables
{
    public static ReportTable Errors(ReportView view) => new("errors", "Errors on the test set",
        [
            new("Model", Numeric: false), new("Wrong"), new("Error rate"), new("Cohen's κ"),
            .. view.Labels.AreOrdered ? new Column[] { new("Quadratic κ"), new("Off by one") } : [],
        ],
        [.. view.Groups.Select(group => new Row(
        [
            Cell.Model(group), Cell.Count(Wrong(group.First)), Cell.Share(1 - group.First.Test.Accuracy),
            Cell.Share(group.First.Test.Kappa),
            .. view.Labels.AreOrdered
                ? new[] { Cell.Share(group.First.Test.QuadraticKappa), Cell.Percent(group.First.Test.OffByOneShare ?? 0) }
                : [],
        ]))]);

    public static ReportTable Calibration(ReportView view) => new(
        "calibration", "Calibration on the test set, as trained and after temperature scaling",
        [
            new("Model", Numeric: false), new("Temperature"), new("ECE before"), new("ECE after"), new("NLL before"), new("NLL after"),
            new("Brier before"), new("Brier after"),
        ],
        [.. view.Groups.Select(group => (group, group.First.Calibration)).Select(pair => new Row(
        [
            Cell.Model(pair.group), Cell.Number(pair.Calibration.Temperature, "0.00"),
            Cell.Share(pair.Calibration.Before.Ece), Cell.Share(pair.Calibration.After.Ece),
            Cell.Share(pair.Calibration.Before.NegativeLogLikelihood), Cell.Share(pair.Calibration.After.NegativeLogLikelihood),
            Cell.Share(pair.Calibration.Before.Brier), Cell.Share(pair.Calibration.After.Brier),
        ]))]);

    public static ReportTable CutDistance(ReportView view) => new("cut-distance", "Error rate by distance to the nearest label cut",
        [new("Model", Numeric: false), new("From"), new("To"), new("Images"), new("Errors"), new("Error rate"), new("Low"), new("High")],
        [.. view.Groups.SelectMany(group => (group.First.CutDistance ?? []).Select(g => new Row(
        [
            group.Name, Cell.Count(g.From), Cell.Count(g.To), Cell.Count(g.Images), Cell.Count(g.Errors), Cell.Share(g.ErrorRate),
            Cell.Share(g.Interval.Low), Cell.Share(g.Interval.High),
        ])))]);

    private static int Wrong(ModelReport model) => model.Confusion.Select((row, label) => row.Sum() - row[label]).Sum();
}
