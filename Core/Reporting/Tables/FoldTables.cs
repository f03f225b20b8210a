namespace ServerlessFashion.Reporting.Tables;

/// <summary>The table of a cross-validation.</summary>
internal static class FoldTables
{
    /// <summary>
    /// The validation accuracy of each model on each fold, and then its mean and sample standard deviation over the folds.
    /// </summary>
    public static ReportTable Validation(ReportView view) => new("folds", "Validation accuracy on each fold",
        [new("Fold", Numeric: false), .. view.Groups.Select(group => new Column(group.Title))],
        [
            .. view.Document.Configuration.Seeds.Select(fold => new Row(
                [Cell.Count(fold), .. view.Groups.Select(group => Cell.Share(OfFold(group, fold)?.Validation.Accuracy))])),
            new Row(["Mean", .. view.Groups.Select(group => Cell.Share(group.Mean(model => model.Validation.Accuracy)))]),
            new Row(
            [
                "Standard deviation",
                .. view.Groups.Select(group => group.Seeds.Count < 2
                    ? new Cell(Cell.None) : Cell.Share(group.Deviation(model => model.Validation.Accuracy))),
            ]),
        ]);

    private static ModelReport? OfFold(ModelGroup group, int fold) => group.Seeds.FirstOrDefault(model => model.Seed == fold);
}
