using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;
using ServerlessFashion.Search;

namespace ServerlessFashion.Reporting;

/// <summary>The search of a run in its report.</summary>
/// <param name="Model">The model whose options were searched.</param>
/// <param name="Trials">
/// The best first: those with more epochs, then those with the higher validation accuracy, then those with the smaller validation loss.
/// </param>
/// <param name="Best">
/// Name of the best trial of those trained to their end, by the order of <see cref="ModelRanking"/>; null if none was.
/// </param>
public sealed record SearchReport(
    string Model, TrialSampler Sampler, int Seed, IReadOnlyList<SearchedParameter> Parameters, IReadOnlyList<TrialResult> Trials,
    string? Best);

/// <param name="Importance">See <see cref="ParameterImportance"/>; null where no accuracies differ.</param>
public sealed record SearchedParameter(string Name, ParameterRange Range, double? Importance);

/// <summary>Ranks the trials of a search, and weighs its parameters.</summary>
internal static class SearchBuilder
{
    /// <returns>Null if the run is not a search.</returns>
    public static SearchReport? Build(ReportInput input)
    {
        if (input.Configuration.Search is not { } search)
        {
            return null;
        }

        var parameters = search.Parameters();
        var importance = ParameterImportance.Of(parameters, FirstRung(input));
        return new SearchReport(
            search.Model, search.Sampler, search.Seed,
            [.. search.Space.Select((parameter, index) => new SearchedParameter(parameter.Key, parameter.Value, importance[index]))],
            [
                .. input.Trials.OrderByDescending(trial => trial.Epochs).ThenByDescending(trial => trial.ValidationAccuracy)
                    .ThenBy(trial => trial.ValidationLoss ?? double.PositiveInfinity),
            ],
            BestOf([.. input.Evaluations.Where(evaluation => input.Configuration.IsTrial(evaluation.Name))]));
    }

    private static string? BestOf(IReadOnlyList<ModelEvaluation> trials) => ModelRanking.Order(trials) is [var best, ..] ? best.Key : null;

    /// <summary>
    /// The observations after the fewest epochs: later ones are of the best trials alone. A round that is too small for a halving has none.
    /// </summary>
    private static Observation[] FirstRung(ReportInput input)
    {
        var fewest = input.Configuration.PlanSearch()!.Rounds.Min(rungs => rungs[0].Epochs);
        return [.. input.TrialObservations.Where(trial => trial.Epochs == fewest)];
    }
}
