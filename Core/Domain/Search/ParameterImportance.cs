namespace ServerlessFashion.Search;

/// <summary>
/// The share of the differences in validation accuracy that goes with one parameter alone: the correlation ratio (eta squared: the sum
/// of squares between groups over the total). Numbers form three groups of equal size, choices a group for each value. Parameters are
/// not told apart where trials vary them together, and a share is never exactly 0 for few trials.
/// </summary>
public static class ParameterImportance
{
    private const int Groups = 3;

    /// <summary>A share from 0 to 1 for each parameter, in order; null where fewer than two trials or accuracies differ.</summary>
    /// <param name="trials">Observations after the same number of epochs.</param>
    public static IReadOnlyList<double?> Of(IReadOnlyList<SearchParameter> parameters, IReadOnlyList<Observation> trials)
    {
        var mean = trials.Count > 0 ? trials.Average(trial => trial.Accuracy) : 0;
        var total = trials.Sum(trial => (trial.Accuracy - mean) * (trial.Accuracy - mean));
        return [.. parameters.Select((parameter, index) => total > 0 ? Between(parameter, index, trials, mean) / total : (double?)null)];
    }

    private static double Between(SearchParameter parameter, int index, IReadOnlyList<Observation> trials, double mean)
    {
        var groups = parameter is ChoiceParameter choice
            ? trials.GroupBy(trial => choice.IndexAt(trial.Points[index]))
            : trials.OrderBy(trial => trial.Points[index]).Index()
                .GroupBy(trial => trial.Index * Groups / trials.Count, trial => trial.Item);
        return groups.Sum(group => group.Count() * Math.Pow(group.Average(trial => trial.Accuracy) - mean, 2));
    }
}
