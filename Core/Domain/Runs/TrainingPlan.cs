using System.Text.Json.Serialization;
using ServerlessFashion.Search;

namespace ServerlessFashion.Runs;

/// <summary>One training of a run: one model with one seed.</summary>
public sealed record PlannedTraining(string Model, int Seed);

/// <summary>How many epochs a model trains, over all phases.</summary>
/// <param name="RecipeEpochs">Epochs of the recipe; more than <paramref name="Epochs"/> where a budget has shortened the training.</param>
public sealed record PlannedEpochs(string Model, int Epochs, int RecipeEpochs);

/// <summary>The result of <c>PlanTrainings</c>: the few facts of a run's definition that its workflow needs.</summary>
/// <param name="Trainings">In the order in which they start.</param>
/// <param name="Epochs">One entry for each model, in the order of the configuration.</param>
/// <param name="Ensembles">The ensembles to evaluate after the trainings.</param>
/// <param name="SliceTimeoutMinutes">Deadline of one training step, in minutes.</param>
/// <param name="Budget">How long the run may take; null for as long as it needs.</param>
public sealed record TrainingPlan(
    IReadOnlyList<PlannedTraining> Trainings, IReadOnlyList<PlannedEpochs> Epochs, IReadOnlyList<EnsembleConfiguration> Ensembles,
    int SliceTimeoutMinutes, TimeSpan? Budget)
{
    /// <summary>The rounds of the run's search, whose trials are not among the trainings; null if the run is not a search.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchPlan? Search { get; init; }

    /// <summary>
    /// The plan of a run. The longest training starts first, which ends the run soonest with fewer workers than trainings.
    /// </summary>
    public static TrainingPlan Of(RunDefinition run)
    {
        var configuration = run.Configuration;
        return new TrainingPlan(
            [
                .. configuration.Trainings().Where(training => !configuration.IsTrial(training.Model.Name))
                    .OrderByDescending(training => TrainingCost.Estimate(run, training.Model))
                    .Select(training => new PlannedTraining(training.Model.Name, training.Seed)),
            ],
            [
                .. configuration.Models.Where(model => !configuration.IsTrial(model.Name)).Select(model => new PlannedEpochs(
                    model.Name, model.TotalEpochs, configuration.RecipeEpochs?[model.Name].Sum() ?? model.TotalEpochs)),
            ],
            configuration.Ensembles,
            configuration.SliceTimeoutMinutes,
            configuration.Budget)
        {
            Search = SearchPlan.Of(configuration),
        };
    }
}
