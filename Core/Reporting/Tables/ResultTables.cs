using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Reporting.Tables;

/// <summary>The tables of accuracy and loss: this run, the published study, and each pair of models.</summary>
internal static class ResultTables
{
    /// <summary>The verdict's table: the study's best row on top, then every model of the run, best validation accuracy first.</summary>
    public static ReportTable Ranking(ReportView view)
    {
        var groups = view.Document.Comparison.Ranking.Select(rank => view.Groups.First(group => group.Name == rank.Name)).ToArray();
        var study = PublishedStudy.Best;
        var studyRights = (int)Math.Round(study.TestAccuracy * PublishedStudy.TestImages);
        var bestValidation = Highest(groups, seed => seed.Validation.Accuracy);
        var bestTest = Highest(groups, seed => seed.Test.Accuracy);
        var bestF1 = Highest(groups, seed => seed.Test.MacroF1);
        var bestLoss = groups.Select(group => group.Mean(seed => seed.Test.Loss)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        Row[] published = view.Labels.ArePublished
            ? [new Row(
                [
                    $"{PublishedStudy.TitleOf(study)} as published", Cell.None, Cell.Share(study.ValidationAccuracy),
                    Cell.Share(study.TestAccuracy),
                    Cell.Interval(Interval.Wilson(studyRights, PublishedStudy.TestImages)),
                    Cell.None, Cell.None, Cell.None, Cell.None,
                ],
                Published: true)]
            : [];
        return new ReportTable("ranking", "Models by validation accuracy; best values in bold",
            [
                new("Model", Numeric: false), new(Wording.Sentence(view.Member) + "s"), Column.Mean("Validation accuracy"),
                Column.Mean("Test accuracy"),
                Column.Interval("Test 95 % interval", "Test accuracy"),
                Column.Mean("Test macro F1"), LossColumn("Test loss"), new("Parameters"), new("Fit", Numeric: false),
            ],
            [
                .. published,
                .. groups.Select(group => new Row(
                [
                    Cell.Model(group), Cell.Count(group.Seeds.Count),
                    Marked(group, seed => seed.Validation.Accuracy, bestValidation),
                    Marked(group, seed => seed.Test.Accuracy, bestTest),
                    Cell.Interval(group.First.Test.AccuracyInterval!),
                    Marked(group, seed => seed.Test.MacroF1, bestF1),
                    Marked(group, seed => seed.Test.Loss, bestLoss),
                    Cell.Count(group.First.Parameters), Wording.Diagnosis(group.First.Fit),
                ])),
            ]);
    }

    /// <summary>
    /// The study's table with the study's columns: for each model what it published and what this run obtained. The trials of a search
    /// have a table of their own.
    /// </summary>
    public static ReportTable Comparison(ReportView view) => new(
        "comparison", view.Labels.ArePublished ? "The study's table: published and obtained"
            : view.Labels.AreOfFashionMnist ? "Obtained, in the study's columns"
            : "Results of the models",
        [
            new("Model", Numeric: false), new("Result", Numeric: false), Column.Seconds("Time"),
            Column.Named("Time per sample", "Time per sample, microseconds"), Column.Mean("Train accuracy"),
            Column.Mean("Validation accuracy"),
            Column.Mean("Test accuracy"), LossColumn("Train loss"), LossColumn("Validation loss"),
        ],
        [
            .. view.Groups.Where(group => !view.Document.Configuration.IsTrial(group.Name)).SelectMany(group => Rows(view, group)),
        ]);

    public static ReportTable Pairs(ReportView view) => new("pairs", "Every pair of models on the same test images",
        [
            new("First", Numeric: false), new("Second", Numeric: false), new("Only first right"), new("Only second right"),
            new("Difference, points"),
            Column.PointsInterval("Bootstrap 95 % interval, points", "Bootstrap"),
            new("McNemar exact p"), new("Holm-adjusted p"), new("Significant", Numeric: false),
            Column.Named("Corrected χ²", "Corrected chi-square"), new("Corrected p"),
        ],
        [.. view.Document.Comparison.Pairs.Select(pair => new Row(
        [
            view.Definition.TitleOf(pair.First), view.Definition.TitleOf(pair.Second),
            Cell.Count(pair.OnlyFirstRight), Cell.Count(pair.OnlySecondRight),
            Cell.Points(pair.Difference), Cell.Points(pair.DifferenceInterval!),
            Cell.P(pair.PValue), Cell.P(pair.HolmPValue), pair.IsSignificant ? "yes" : "no",
            Cell.Number(pair.Corrected!.Statistic, "0.00"), Cell.P(pair.Corrected.PValue),
        ]))]);

    private static IEnumerable<Row> Rows(ReportView view, ModelGroup group)
    {
        if (view.Labels.ArePublished && PublishedStudy.Of(group.Name) is { } published)
        {
            yield return new Row(
            [
                Cell.Model(group), "published", new Cell(published.Time, published.Seconds),
                published.MicrosecondsPerSample is { } microseconds ? new Cell($"{microseconds:0} µs", microseconds) : Cell.None,
                Cell.Share(published.TrainAccuracy), Cell.Share(published.ValidationAccuracy), Cell.Share(published.TestAccuracy),
                Cell.Share(published.TrainLoss), Cell.Share(published.ValidationLoss),
            ], Published: true);
        }

        var perSample = 1e6 * group.Mean(seed => seed.SecondsPerEpoch) / Math.Max(1, group.First.TrainImages);
        yield return new Row(
        [
            Cell.Model(group), "obtained", Cell.Seconds(group.Mean(seed => seed.TrainSeconds)),
            new Cell($"{Wording.Number(perSample, "#,0")} µs", perSample),
            Cell.Share(group, seed => seed.Train.Accuracy), Cell.Share(group, seed => seed.Validation.Accuracy),
            Cell.Share(group, seed => seed.Test.Accuracy),
            Cell.Share(group, seed => seed.Train.Loss), Cell.Share(group, seed => seed.Validation.Loss),
        ]);
    }

    /// <summary>In bold if it prints as the best value does, so that equal figures are marked alike.</summary>
    private static Cell Marked(ModelGroup group, Func<ModelReport, double> value, double best) =>
        Cell.Share(group, value, Wording.Share(group.Mean(value)) == Wording.Share(best));

    internal static Column LossColumn(string name) => new($"{name}, nats") { Fields = [$"{name}, nats", $"{name} sd, nats"] };

    private static double Highest(ModelGroup[] groups, Func<ModelReport, double> value) =>
        groups.Select(group => group.Mean(value)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
}
