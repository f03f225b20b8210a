using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Runs;

/// <summary>The tables of several runs together.</summary>
internal static class RunsTables
{
    public static ReportTable Models(RunsDocument document)
    {
        var rows = document.Runs
            .SelectMany(run => run.Comparison.Ranking.Select(rank => (Run: run, Group: Group(run, rank.Name)))).ToArray();
        var same = Comparability.SameTest(document.Runs);
        return new ReportTable("runs", "Models of all runs",
            [
                new("Run", Numeric: false), new("Model", Numeric: false), Column.Mean("Validation accuracy"), Column.Mean("Test accuracy"),
                Column.Interval("Test 95 % interval", "Test accuracy"),
                Column.Mean("Test macro F1"), ResultTables.LossColumn("Test loss"), new("Preset", Numeric: false),
                new("Training images"), new("Epochs"), new("Seeds"), new("Parameters"), Column.Seconds("Training time"),
            ],
            [.. rows.Select(row => new Row(
            [
                row.Run.RunId, Cell.Model(row.Group),
                Cell.Share(row.Group, seed => seed.Validation.Accuracy),
                Cell.Share(row.Group, seed => seed.Test.Accuracy, same && IsHighest(row.Group, seed => seed.Test.Accuracy)),
                Cell.Interval(row.Group.First.Test.AccuracyInterval!),
                Cell.Share(row.Group, seed => seed.Test.MacroF1, same && IsHighest(row.Group, seed => seed.Test.MacroF1)),
                Cell.Share(row.Group, seed => seed.Test.Loss, same && IsHighest(row.Group, seed => -seed.Test.Loss)),
                row.Run.Configuration.Preset, Cell.Count(row.Group.First.TrainImages), Cell.Count(row.Group.First.Epochs),
                Cell.Count(row.Group.Seeds.Count),
                Cell.Count(row.Group.First.Parameters), Cell.Seconds(row.Group.Mean(seed => seed.TrainSeconds)),
            ]))]);

        bool IsHighest(ModelGroup group, Func<ModelReport, double> value) => rows.All(row => !(row.Group.Mean(value) > group.Mean(value)));
    }

    public static ReportTable Winners(RunsDocument document) => new("winners", "The runs' winners on the same test images",
        [
            new("First", Numeric: false), new("Second", Numeric: false), new("Only first right"), new("Only second right"),
            new("Difference, points"),
            Column.PointsInterval("Bootstrap 95 % interval, points", "Bootstrap"),
            new("Holm-adjusted p"), new("Significant", Numeric: false),
        ],
        [.. document.Winners.Pairs.Select(pair => new Row(
        [
            pair.First, pair.Second, Cell.Count(pair.OnlyFirstRight), Cell.Count(pair.OnlySecondRight),
            Cell.Points(pair.Difference), Cell.Points(pair.DifferenceInterval!), Cell.P(pair.HolmPValue),
            pair.IsSignificant ? "yes" : "no",
        ]))]);

    private static ModelGroup Group(ReportDocument run, string name) =>
        ModelGroup.Of(run.Models.Where(model => model.Name == name), index: 0);
}
