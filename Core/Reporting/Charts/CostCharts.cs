namespace ServerlessFashion.Reporting.Charts;

/// <summary>The figures of accuracy against size and time.</summary>
internal static class CostCharts
{
    public static Chart AgainstParameters(ReportView view) => Cost(
        view, "cost-parameters", "Accuracy against parameters", group => group.First.Parameters, Magnitude,
        values => Axis.Logarithm("Parameters (logarithmic)", values, Magnitude));

    public static Chart AgainstTrainingTime(ReportView view) => Cost(
        view, "cost-training-time", "Accuracy against training time", group => group.Mean(seed => seed.TrainSeconds), Wording.Duration,
        values => Axis.Durations("Training time (logarithmic)", values));

    public static Chart AgainstLatency(ReportView view) => Cost(
        view, "cost-latency", "Accuracy against prediction time", group => group.Mean(seed => seed.TestMicrosecondsPerSample), Magnitude,
        values => Axis.Logarithm("Prediction, µs per image (logarithmic)", values, Magnitude));

    private static PlotChart Cost(
        ReportView view, string name, string title, Func<ModelGroup, double> cost, Func<double, string> label,
        Func<IEnumerable<double>, Axis> axis)
    {
        var intervals = view.Groups.Select(group => group.First.Test.AccuracyInterval!).ToArray();
        var models = view.Groups.Select(group =>
            $"{group.Title} {Wording.Share(group.Mean(seed => seed.Test.Accuracy))} at {label(cost(group))}");
        return new PlotChart(name, title, $"{title}: {string.Join("; ", models)}.",
            axis(view.Groups.Select(cost)), Axis.Linear("Test accuracy", intervals.SelectMany(i => new[] { i.Low, i.High }), 0, 1),
            [
                .. view.Groups.Select((group, i) => new SpanMark(
                    null, Palette.Of(group), [new(cost(group), intervals[i].Low, intervals[i].High)], 2)),
                .. view.Groups.Select(group => new DotMark(
                    null, Palette.Of(group), [new(cost(group), group.Mean(seed => seed.Test.Accuracy), group.Title)])),
            ]);
    }

    private static string Magnitude(double value) =>
        value >= 1e6 ? $"{Wording.Number(value / 1e6, "0.#")} M"
        : value >= 1e3 ? $"{Wording.Number(value / 1e3, "0.#")} k"
        : Wording.Number(value, "0.#");
}
