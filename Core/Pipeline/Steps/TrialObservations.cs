using ServerlessFashion.Runs;
using ServerlessFashion.Search;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>Reads from the epochs of a run what its trials have shown.</summary>
internal sealed class TrialObservations(EpochMetrics metrics)
{
    /// <summary>One observation for each trial and each rung that it has reached.</summary>
    public async Task<IReadOnlyList<Observation>> ReadAsync(
        string runId, RunConfiguration run, IReadOnlyList<Trial> trials, CancellationToken cancellation)
    {
        var parameters = run.Search!.Parameters();
        var rounds = SearchPlan.Of(run)!.Rounds;
        var observations = new List<Observation>();
        foreach (var trial in trials)
        {
            var points = TrialProposals.PointsOf(trial, parameters);
            foreach (var rung in rounds[trial.Round - 1])
            {
                if (await FindAccuracyAsync(runId, run, trial.Name, rung.Epochs, cancellation) is { } accuracy)
                {
                    observations.Add(new Observation(points, rung.Epochs, accuracy));
                }
            }
        }

        return observations;
    }

    /// <summary>
    /// The best validation accuracy of a trial in its first epochs; null if it has not trained them. Early stopping may end it sooner.
    /// </summary>
    public async Task<double?> FindAccuracyAsync(
        string runId, RunConfiguration run, string trial, int epochs, CancellationToken cancellation)
    {
        var model = run.Models.Single(model => model.Name == trial);
        var rows = await metrics.ListAsync(runId, trial, run.SeedOf(model), 0, cancellation);
        return rows.Count > 0 && (rows.Count >= epochs || TrainingCourse.Of(model.Phases, rows).Finished)
            ? rows.Take(epochs).Max(row => row.ValidationAccuracy)
            : null;
    }
}
