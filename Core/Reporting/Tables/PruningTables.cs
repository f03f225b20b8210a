namespace ServerlessFashion.Reporting.Tables;

/// <summary>The tables of the pruned models.</summary>
internal static class PruningTables
{
    /// <summary>Each pruned model below its dense model, if the run has it.</summary>
    public static ReportTable Pruned(ReportView view) => new("pruning", "Pruned models against the dense one",
        [
            new("Model", Numeric: false), Ratio("Kernel weights left"), Ratio("Parameters"), Ratio("File, MB"),
            Ratio("Multiply-accumulates, million"), Ratio("Prediction, µs per image", "Prediction, microseconds per image"),
            Column.Mean("Validation accuracy"), Column.Mean("Test accuracy"), new("Difference on test, points"),
        ],
        [.. view.Document.Pruning.GroupBy(model => model.Dense).SelectMany(models =>
            view.Groups.Where(group => group.Name == models.Key).Select(group => Row(group, null))
                .Concat(models.Select(model => Row(view.Groups.First(group => group.Name == model.Name), model.Against))))]);

    /// <summary>Every cut of every pruned model.</summary>
    public static ReportTable Steps(ReportView view) => new("pruning-steps", "Accuracy after each cut",
        [
            new("Model", Numeric: false), Column.Percent("Kernel weights removed"), new("Kernel weights left"),
            new("Epochs"), new("Best epoch"), new("Validation accuracy"), new("Difference to the whole network, points"),
        ],
        [.. view.Document.Pruning.SelectMany(model => model.Steps.Select(step => new Row(
        [
            view.Definition.TitleOf(model.Name), Cell.Percent(step.Removed), Cell.Count(step.KernelParametersLeft), Cell.Count(step.Epochs),
            Cell.Count(step.BestEpoch),
            Cell.Share(step.ValidationAccuracy), Cell.Points(step.ValidationAccuracy - model.Steps[0].ValidationAccuracy),
        ])))]);

    private static Row Row(ModelGroup group, PruningEffect? against)
    {
        var model = group.First;
        return new Row(
        [
            group.Title,
            Figure(model.KernelParametersLeft, "#,0", against?.KernelParametersLeft),
            Figure(model.Parameters, "#,0", against?.Parameters),
            Figure(model.FileBytes / 1e6, "0.0", against?.FileBytes),
            Figure(model.MultiplyAccumulates / 1e6, "0.0", against?.MultiplyAccumulates),
            Figure(group.Mean(seed => seed.TestMicrosecondsPerSample), "#,0", against?.Time),
            Cell.Share(group, seed => seed.Validation.Accuracy),
            Cell.Share(group, seed => seed.Test.Accuracy),
            against is null ? Cell.None : Cell.Points(against.TestAccuracyDifference),
        ]);
    }

    private static Cell Figure(double? value, string format, double? ratio) => value is { } figure
        ? new Cell(Wording.Number(figure, format) + (ratio is { } share ? $" ({Wording.Number(share, "0.00")})" : ""), figure)
        {
            More = [ratio],
        }
        : Cell.None;

    private static Column Ratio(string header, string? field = null) =>
        new(header) { Fields = [field ?? header, $"{field ?? header}, ratio to dense"] };
}
