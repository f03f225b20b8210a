using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>Reads the progress of a run from the results that its steps stored.</summary>
internal sealed class ComparisonStatusReader(
    FashionStorage storage, RunStore runs, RunFolders folders, RunDefinitions definitions, EpochMetrics metrics, TimeProvider time)
{
    /// <param name="PlannedEpochs">Epochs of all phases in full; 0 for an ensemble, which is evaluated and not trained.</param>
    private sealed record Training(
        string Name, int Seed, int PlannedEpochs, TrainingWork Work, EpochRow? Best, TrainingStage Stage, TrainingOutcome? Outcome)
    {
        public bool IsUnfinished => PlannedEpochs > 0 && Stage is TrainingStage.Waiting or TrainingStage.Training;
    }

    public async Task<ComparisonStatus> ReadAsync(RunRecord run, CancellationToken cancellation)
    {
        // Before the run's end, a comparison in storage is one of an earlier attempt.
        var compared = run.IsFinished ? await folders.Of(run.Id).FindComparisonAsync(cancellation) : null;
        var definition = await definitions.GetAsync(run.Id, cancellation);
        var trainings = await Task.WhenAll(definition.Configuration.Results().Select(
            result => ReadAsync(run, definition, result.Name, result.Seed, compared, cancellation)));
        var all = trainings.Where(training => training.PlannedEpochs > 0).Select(training => training.Work).ToList();
        return new ComparisonStatus(
            run, definition.Configuration, Eta(run, trainings, all), [.. trainings.Select(training => Describe(training, all))])
        {
            Dataset = definition.Dataset,
            IsStopping = run.Status == RunStatus.Running && await runs.IsCancelRequestedAsync(run.Id, cancellation),
        };
    }

    private async Task<Training> ReadAsync(
        RunRecord run, RunDefinition definition, string name, int seed, ComparedModels? compared, CancellationToken cancellation)
    {
        var model = definition.Configuration.Models.FirstOrDefault(model => model.Name == name);
        var work = model is null ? new TrainingWork(0, 0, []) : await ReadWorkAsync(run.Id, definition, model, seed, cancellation);
        var outcome = compared?.Outcomes.FirstOrDefault(outcome => outcome.Model == name && outcome.Seed == seed);
        var stage = await StageAsync(run, name, seed, work, outcome, cancellation);
        var best = model is null ? null : TrainingCourse.BestOf(model.Phases, work.Rows);
        return new Training(name, seed, model?.TotalEpochs ?? 0, work, best, stage, outcome);
    }

    private async Task<TrainingWork> ReadWorkAsync(
        string runId, RunDefinition definition, ModelConfiguration model, int seed, CancellationToken cancellation)
    {
        var rows = await metrics.ListAsync(runId, model.Name, seed, 0, cancellation);
        var epochs = TrainingCourse.Of(model.Phases, rows).TotalEpochs;
        return new TrainingWork(TrainingCost.EstimateEpoch(definition, model) * epochs, epochs, rows);
    }

    private async Task<TrainingStage> StageAsync(
        RunRecord run, string name, int seed, TrainingWork work, TrainingOutcome? outcome, CancellationToken cancellation)
    {
        var folder = StorageNames.TrainingFolder(run.Id, name, seed);
        if (outcome is not null)
        {
            return outcome.Error is null ? TrainingStage.Completed : TrainingStage.Failed;
        }

        if (work.EpochsLeft == 0 && await ExistsAsync(folder + "evaluation.json", cancellation))
        {
            return TrainingStage.Completed;
        }

        return run.Status switch
        {
            RunStatus.Pending => TrainingStage.Waiting,
            not RunStatus.Running => TrainingStage.Stopped,
            _ when work is { EpochsLeft: 0, Epochs: > 0 } => TrainingStage.Evaluating,
            // Its lock is the first thing that a training leaves.
            _ when work.Rows.Count > 0 || await ExistsAsync(folder + "lock", cancellation) => TrainingStage.Training,
            _ => TrainingStage.Waiting,
        };
    }

    private async Task<bool> ExistsAsync(string blob, CancellationToken cancellation) =>
        await storage.Container(StorageNames.Runs).GetBlobClient(blob).ExistsAsync(cancellation);

    private static TrainingStatus Describe(Training training, IReadOnlyList<TrainingWork> all) => new(
        training.Name, training.Seed, training.Stage, training.Work.Rows, training.Work.Epochs, training.PlannedEpochs,
        training.Work.SecondsPerEpoch, training.IsUnfinished ? RemainingTime.Of(training.Work, all) : null,
        training.Outcome?.Evaluated, training.Outcome?.Error)
    {
        Best = training.Best,
    };

    private double? Eta(RunRecord run, IReadOnlyList<Training> trainings, IReadOnlyList<TrainingWork> all)
    {
        var unfinished = trainings.Where(training => training.IsUnfinished).Select(training => training.Work).ToList();
        return RemainingTime.OfAll(unfinished, all, run.StartedAt is { } started ? (time.GetUtcNow() - started).TotalSeconds : 0);
    }
}
