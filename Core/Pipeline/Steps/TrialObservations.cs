using ServerlessFashion.Evaluation;
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
        var rounds = run.PlanSearch()!.Rounds;
        var observations = new List<Observation>();
        foreach (var trial in trials)
        {
            var points = TrialProposals.PointsOf(trial, parameters);
            var rows = await ListAsync(runId, trial.Name, cancellation);
            observations.AddRange(
                from rung in rounds[trial.Round - 1]
                let accuracy = FindAccuracy(run, trial.Name, rows, rung.Epochs)
                where accuracy is not null
                select new Observation(points, rung.Epochs, accuracy.Value));
        }

        return observations;
    }

    /// <summary>How far each trial came.</summary>
    public async Task<IReadOnlyList<TrialResult>> ReadResultsAsync(string runId, RunConfiguration run, CancellationToken cancellation)
    {
        var results = new List<TrialResult>();
        foreach (var trial in run.Trials ?? [])
        {
            var rows = await ListAsync(runId, trial.Name, cancellation);
            var best = rows.OrderByDescending(row => row.ValidationAccuracy).ThenBy(row => row.ValidationLoss).FirstOrDefault();
            results.Add(new TrialResult(trial, rows.Count, best?.ValidationAccuracy) { ValidationLoss = best?.ValidationLoss });
        }

        return results;
    }

    /// <summary>The best validation accuracy of a trial in its first epochs; null if it has not trained them.</summary>
    public async Task<double?> FindAccuracyAsync(
        string runId, RunConfiguration run, string trial, int epochs, CancellationToken cancellation) =>
        FindAccuracy(run, trial, await ListAsync(runId, trial, cancellation), epochs);

    /// <summary>Early stopping may end a trial before the rung does.</summary>
    private static double? FindAccuracy(RunConfiguration run, string trial, IReadOnlyList<EpochRow> rows, int epochs)
    {
        var phases = run.Models.Single(model => model.Name == trial).Phases;
        return rows.Count > 0 && (rows.Count >= epochs || TrainingCourse.Of(phases, rows).Finished)
            ? rows.Take(epochs).Max(row => row.ValidationAccuracy)
            : null;
    }

    private Task<IReadOnlyList<EpochRow>> ListAsync(string runId, string trial, CancellationToken cancellation) =>
        metrics.ListAsync(runId, trial, SearchSettings.TrialSeed, after: 0, cancellation);
}
