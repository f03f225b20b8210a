namespace ServerlessFashion.Reporting.Charts;

/// <summary>Validation accuracy against the share of kernel weights removed, one line per pruned model.</summary>
internal static class PruningChart
{
    public static Chart Of(ReportView view)
    {
        var pruned = view.Document.Pruning;
        var dense = view.Groups.Where(group => pruned.Any(model => model.Dense == group.Name) && group.First.History.Count > 0)
            .Select(group => (Group: group, Best: group.First.History.Max(row => row.ValidationAccuracy))).ToArray();
        var accuracies = pruned.SelectMany(model => model.Steps).Select(step => step.ValidationAccuracy)
            .Concat(dense.Select(model => model.Best));
        return new PlotChart("pruning", "Accuracy against kernel weights removed", Words(view),
            Axis.Linear("Kernel weights removed, %", [0, 100], 0, 100),
            Axis.Linear("Validation accuracy", accuracies, 0, 1),
            [
                .. dense.Select(model => new LineMark(
                    model.Group.Title, Palette.Of(model.Group), [new(0, model.Best), new(100, model.Best)], Dashed: true)),
                .. pruned.Select(model => (model, Group: view.Groups.First(group => group.Name == model.Name))).Select(pair => new LineMark(
                    pair.Group.Title, Palette.Of(pair.Group),
                    [.. pair.model.Steps.Select(step => new ChartPoint(100 * step.Removed, step.ValidationAccuracy, Words(step)))],
                    Dots: true)),
            ]);
    }

    private static string Words(ReportView view)
    {
        var models = view.Document.Pruning.Where(model => model.Steps.Count > 0)
            .Select(model => $"{view.Definition.TitleOf(model.Name)} {string.Join(", ", model.Steps.Select(Words))}");
        return $"Validation accuracy by share of kernel weights removed: {string.Join("; ", models)}.";
    }

    private static string Words(PruningStep step) => $"{Wording.Share(step.ValidationAccuracy)} without {Wording.Percent(step.Removed)}";
}
