using ServerlessFashion.Evaluation;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Reporting.Charts;

/// <summary>The figures with one point per epoch.</summary>
internal static class CurveCharts
{
    public static Chart Accuracy(ModelGroup group) => Curve(
        $"accuracy-{group.FileName}", $"{group.Title}: accuracy", "Accuracy", group,
        row => row.TrainAccuracy, row => row.ValidationAccuracy, most: 1);

    public static Chart Loss(ModelGroup group) => Curve(
        $"loss-{group.FileName}", $"{group.Title}: loss", "Cross-entropy, nats", group,
        row => row.TrainLoss, row => row.ValidationLoss, most: double.PositiveInfinity);

    public static Chart AllAccuracy(ReportView view) => AllCurves(
        view, "accuracy-all", "Accuracy of all models", "Accuracy", row => row.TrainAccuracy, row => row.ValidationAccuracy, most: 1);

    public static Chart AllLoss(ReportView view) => AllCurves(
        view, "loss-all", "Loss of all models", "Cross-entropy, nats",
        row => row.TrainLoss, row => row.ValidationLoss, most: double.PositiveInfinity);

    /// <summary>Validation loss minus training loss, by epoch.</summary>
    public static Chart Gap(ReportView view)
    {
        var values = view.Groups.SelectMany(group => group.First.History).Select(row => row.ValidationLoss - row.TrainLoss).Append(0);
        var epochs = Axis.Epochs(MostEpochs(view.Groups));
        return new PlotChart(
            "gap", "Gap between validation and training loss", "Validation loss minus training loss by epoch for "
                + $"{ReportCharts.Names(view)}.",
            epochs, Vertical("Validation − training loss, nats", values),
            [
                new LineMark(null, Ink.Muted, [new(epochs.Low, 0), new(epochs.High, 0)], Dashed: true),
                .. view.Groups.Select(group => new LineMark(
                    group.Title, Palette.Of(group), Points(group.First.History, row => row.ValidationLoss - row.TrainLoss))),
            ]);
    }

    private static PlotChart Curve(
        string name, string title, string axis, ModelGroup group, Func<EpochRow, double> train, Func<EpochRow, double> validation,
        double most)
    {
        var rows = group.Seeds.SelectMany(seed => seed.History).ToArray();
        var best = group.Seeds.SelectMany(seed => seed.History.Where(row => row.Epoch == seed.BestEpoch))
            .Select(row => new ChartPoint(row.Epoch, validation(row), $"best epoch {row.Epoch}: {Wording.Share(validation(row))}"))
            .ToArray();
        return new PlotChart(name, title, CurveWords(title, group, train, validation),
            Axis.Epochs(MostEpochs([group])), Vertical(axis, rows.Select(train).Concat(rows.Select(validation)), 0, most),
            [
                .. group.Seeds.Select((seed, i) => new LineMark(
                    i == 0 ? "training" : null, Ink.Muted, Points(seed.History, train), Dashed: true)),
                .. group.Seeds.Select((seed, i) => new LineMark(
                    i == 0 ? "validation" : null, Palette.Of(group), Points(seed.History, validation))),
                new DotMark("best epoch", Palette.Of(group), best, Ring: true),
            ]);
    }

    private static PlotChart AllCurves(
        ReportView view, string name, string title, string axis, Func<EpochRow, double> train, Func<EpochRow, double> validation,
        double most)
    {
        var rows = view.Groups.SelectMany(group => group.First.History).ToArray();
        return new PlotChart(name, title, $"{title} by epoch, training dashed, validation solid: {ReportCharts.Names(view)}.",
            Axis.Epochs(MostEpochs(view.Groups)), Vertical(axis, rows.Select(train).Concat(rows.Select(validation)), 0, most),
            [
                .. view.Groups.Select(group => new LineMark(null, Palette.Of(group), Points(group.First.History, train), Dashed: true)),
                .. view.Groups.Select(group => new LineMark(group.Title, Palette.Of(group), Points(group.First.History, validation))),
                .. view.Groups.Select(group => new DotMark(
                    null, Palette.Of(group),
                    [
                        .. group.First.History.Where(row => row.Epoch == group.First.BestEpoch).Select(row => new ChartPoint(
                            row.Epoch, validation(row), $"{group.Title}, best epoch {row.Epoch}: {Wording.Share(validation(row))}")),
                    ],
                    Ring: true)),
                new LineMark("training", Ink.Muted, [], Dashed: true),
            ]);
    }

    private static string CurveWords(string title, ModelGroup group, Func<EpochRow, double> train, Func<EpochRow, double> validation)
    {
        var history = group.First.History;
        return history.Count == 0
            ? $"{title} by epoch: no epochs."
            : group.First.BestRow is not { } best ? $"{title} by epoch."
            : $"{title} by epoch: training {Wording.Share(train(best))} and validation {Wording.Share(validation(best))} in the best "
                + $"epoch, {best.Epoch} of {history.Count}.";
    }

    /// <summary>
    /// Early epochs can be outliers. With 40 values or more, the most extreme fortieth on each side does not stretch the axis. The title
    /// says how far curves leave the plot.
    /// </summary>
    private static Axis Vertical(
        string title, IEnumerable<double> values, double least = double.NegativeInfinity, double most = double.PositiveInfinity)
    {
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        var cut = sorted.Length / 40;
        var axis = Axis.Linear(title, sorted[cut..^cut], least, most);
        string[] outside =
        [
            .. sorted.Take(1).Where(lowest => lowest < axis.Low).Select(lowest => $"down to {LossText.Of(lowest)}"),
            .. sorted.TakeLast(1).Where(highest => highest > axis.High).Select(highest => $"up to {LossText.Of(highest)}"),
        ];
        return outside.Length == 0 ? axis : axis with { Title = $"{title} ({string.Join(" and ", outside)} outside)" };
    }

    private static IReadOnlyList<ChartPoint> Points(IReadOnlyList<EpochRow> history, Func<EpochRow, double> value) =>
        [.. history.Select(row => new ChartPoint(row.Epoch, value(row)))];

    private static int MostEpochs(IReadOnlyList<ModelGroup> groups) =>
        groups.SelectMany(group => group.Seeds).Select(seed => seed.History.Count).Append(1).Max();
}
