namespace ServerlessFashion.Reporting.Tables;

/// <summary>The tables of errors on the test set and of the confidence in them.</summary>
internal static class ErrorTables
{
    public static ReportTable Errors(ReportView view) => new("errors", "Errors on the test set",
        [
            new("Model", Numeric: false), new("Wrong"), new("Error rate"), Column.Named("Cohen's κ", "Cohen's kappa"),
            .. view.Labels.AreOrdered
                ? new[] { Column.Named("Quadratic κ", "Quadratic kappa"), Column.Percent("Off by one") }
                : [],
        ],
        [.. view.Groups.Select(group => new Row(
        [
            Cell.Model(group), Cell.Count(Wrong(group.First)), Cell.Share((double)Wrong(group.First) / Math.Max(1, Images(group.First))),
            Cell.Share(group.First.Test.Kappa),
            .. view.Labels.AreOrdered
                ? new[] { Cell.Share(group.First.Test.QuadraticKappa), OffByOne(group.First) }
                : [],
        ]))]);

    public static ReportTable Calibration(ReportView view) => new(
        "calibration", "Calibration on the test set, as trained and after temperature scaling",
        [
            new("Model", Numeric: false), new("Temperature") { Fields = ["Temperature", "Temperature at limit, 0 or 1"] },
            new("ECE before"), new("ECE after"), new("NLL before, nats"), new("NLL after, nats"),
            new("Brier before"), new("Brier after"),
        ],
        [.. view.Groups.Select(group => (group, group.First.Calibration)).Select(pair => new Row(
        [
            Cell.Model(pair.group), Temperature(pair.Calibration),
            Cell.Share(pair.Calibration.Before.Ece), Cell.Share(pair.Calibration.After.Ece),
            Cell.Share(pair.Calibration.Before.NegativeLogLikelihood), Cell.Share(pair.Calibration.After.NegativeLogLikelihood),
            Cell.Share(pair.Calibration.Before.Brier), Cell.Share(pair.Calibration.After.Brier),
        ]))]);

    public static ReportTable CutDistance(ReportView view) => new("cut-distance", "Error rate by distance to the nearest label cut",
        [
            new("Model", Numeric: false), new("From, grey values"), new("To, grey values"), new("Images"), new("Errors"),
            new("Error rate"), Column.Named("Low", "Error rate low"), Column.Named("High", "Error rate high"),
        ],
        [.. view.Groups.SelectMany(group => (group.First.CutDistance ?? []).Select(g => new Row(
        [
            group.Name, Cell.Count(g.From), Cell.Count(g.To), Cell.Count(g.Images), Cell.Count(g.Errors), Cell.Share(g.ErrorRate),
            Cell.Share(g.Interval.Low), Cell.Share(g.Interval.High),
        ])))]);

    private static Cell Temperature(CalibrationReport calibration) => new(
        Wording.Number(calibration.Temperature, "0.00") + (calibration.TemperatureAtLimit ? " (limit)" : ""), calibration.Temperature)
    {
        More = [calibration.TemperatureAtLimit ? 1 : 0],
    };

    /// <summary>Without a mistake there is no share of mistakes.</summary>
    private static Cell OffByOne(ModelReport model) =>
        Wrong(model) > 0 && model.Test.OffByOneShare is { } share ? Cell.Percent(share) : Cell.None;

    private static int Images(ModelReport model) => model.Confusion.Sum(row => row.Sum());

    private static int Wrong(ModelReport model) => model.Confusion.Select((row, label) => row.Sum() - row[label]).Sum();
}
