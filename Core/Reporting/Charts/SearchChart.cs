using ServerlessFashion.Search;

namespace ServerlessFashion.Reporting.Charts;

/// <summary>The trials of a search in parallel coordinates: one line for each trial, one place on the axis for each parameter.</summary>
internal static class SearchChart
{
    private const int BestShown = 3;

    /// <summary>
    /// Each parameter runs over its range from bottom to top, and the last place over the validation accuracies of the trials.
    /// </summary>
    public static Chart Of(ReportView view)
    {
        var search = view.Document.Search!;
        var trials = search.Trials.Where(trial => trial.ValidationAccuracy is not null).ToList();
        var accuracies = trials.Select(trial => trial.ValidationAccuracy!.Value).ToList();
        var (low, high) = accuracies.Count == 0 ? (0, 1) : (accuracies.Min(), accuracies.Max());
        string[] places = [.. search.Parameters.Select(parameter => parameter.Name), "validation accuracy"];
        var lines = trials.Select((trial, rank) => Line(search, trial, rank, low, high)).Reverse();
        return new PlotChart(
            "search", "Trials by parameters and validation accuracy", Words(view, low, high), Axis.Categories("Parameter", places),
            Axis.Linear("Place within the range", [0, 1], 0, 1), [.. lines]);
    }

    private static LineMark Line(SearchReport search, TrialResult trial, int rank, double low, double high)
    {
        var parameters = search.Parameters.Select(parameter => SearchParameter.Of(parameter.Name, parameter.Range)).ToList();
        var accuracy = trial.ValidationAccuracy!.Value;
        IEnumerable<ChartPoint> points =
        [
            .. parameters.Select((parameter, place) => new ChartPoint(
                place, parameter.PointOf(trial.Trial.Values[parameter.Name]),
                $"{trial.Trial.Name}: {parameter.Name} {trial.Trial.Values[parameter.Name].Text}")),
            new ChartPoint(
                parameters.Count, high > low ? (accuracy - low) / (high - low) : .5, $"{trial.Trial.Name}: {Wording.Share(accuracy)}"),
        ];
        var isBest = rank < BestShown;
        return new LineMark(
            isBest ? trial.Trial.Name : rank == BestShown ? "other trials" : null,
            rank switch { 0 => Ink.Blue, 1 => Ink.Orange, 2 => Ink.Teal, _ => Ink.Muted }, [.. points], Dashed: !isBest, Dots: isBest);
    }

    private static string Words(ReportView view, double low, double high) => view.Document.Search!.Trials is [var best, ..]
        ? $"The trials of the search by parameter. Validation accuracies run from {Wording.Share(low)} to {Wording.Share(high)}. The best "
            + $"is {best.Trial.Name}: {string.Join(", ", best.Trial.Values.Select(value => $"{value.Key} {value.Value.Text}"))}."
        : "No trial was drawn.";
}
