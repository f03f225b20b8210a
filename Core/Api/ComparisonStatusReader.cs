using ServerlessFashion.Pipeline;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Api;

/// <summary>Says where a run stands, from what its steps have left in storage.</summary>
internal sealed class ComparisonStatusReader(FashionStorage storage, TimeProvider time)
{
    private readonly EpochMetrics _metrics = new(storage);

    private sealed record Training(ModelConfiguration Model, int Seed, TrainingWork Work, TrainingState State, TrainingOutcome? Outcome);

    public async Task<ComparisonDocument> ReadAsync(RunRecord run, CancellationToken cancellation)
    {
        // Before its end a comparison in storage is one of an earlier attempt.
        var compared = run.IsFinished ? await new RunFolder(storage, run.Id).FindComparisonAsync(cancellation) : null;
        var trainings = await Task.WhenAll(
            run.Configuration.Trainings().Select(training => ReadAsync(run, training.Model, training.Seed, compared, cancellation)));

        var all = trainings.Select(training => training.Work).ToList();
        var models = trainings.Select(training => Document(training, all)).ToList();
        var failures = trainings
            .Where(training => training.Outcome?.Error is not null)
            .Select(training => new FailureDocument(training.Model.Name, training.Seed, training.Outcome!.Error!));
        return new ComparisonDocument(
            run.Id, run.Status, run.CreatedAt, run.StartedAt, run.FinishedAt, Eta(run, trainings, all), run.Winner, run.Error,
            models, [.. failures], run.Configuration, ComparisonLinks.Of(run.Id));
    }

    private async Task<Training> ReadAsync(RunRecord run, ModelConfiguration model, int seed, ComparedModels? compared, CancellationToken cancellation)
    {
        var rows = await _metrics.ListAsync(run.Id, model.Name, seed, 0, cancellation);
        var epochs = TrainingCourse.Of(model.Phases, rows).TotalEpochs;
        var work = new TrainingWork(TrainingCost.EstimateEpoch(run.Configuration, model) * epochs, epochs, rows);
        var outcome = compared?.Outcomes.FirstOrDefault(outcome => outcome.Model == model.Name && outcome.Seed == seed);
        return new Training(model, seed, work, await StateAsync(run, model, seed, work, outcome, cancellation), outcome);
    }

    private async Task<TrainingState> StateAsync(
        RunRecord run, ModelConfiguration model, int seed, TrainingWork work, TrainingOutcome? outcome, CancellationToken cancellation)
    {
        var folder = StorageNames.TrainingFolder(run.Id, model.Name, seed);
        if (outcome is not null)
        {
            return outcome.Error is null ? TrainingState.Completed : TrainingState.Failed;
        }

        if (work.EpochsLeft == 0 && await ExistsAsync(folder + "evaluation.json", cancellation))
        {
            return TrainingState.Completed;
        }

        if (run.IsFinished)
        {
            return TrainingState.Stopped;
        }

        if (work.EpochsLeft == 0)
        {
            return TrainingState.Evaluating;
        }

        // Its lock is the first thing that a training leaves.
        return work.Rows.Count > 0 || await ExistsAsync(folder + "lock", cancellation) ? TrainingState.Training : TrainingState.Waiting;
    }

    private async Task<bool> ExistsAsync(string blob, CancellationToken cancellation) =>
        await storage.Container(StorageNames.Runs).GetBlobClient(blob).ExistsAsync(cancellation);

    private static TrainingDocument Document(Training training, IReadOnlyList<TrainingWork> all) => new(
        training.Model.Name, training.Seed, training.State, training.Work.Rows.Count, training.Work.Epochs, training.Model.TotalEpochs, training.Work.Rows is [.., var last] ? last : null,
        training.Work.SecondsPerEpoch, IsUnfinished(training) ? RemainingTime.Of(training.Work, all) : null,
        training.Outcome?.Evaluated?.ValidationAccuracy, training.Outcome?.Evaluated?.TestAccuracy, training.Outcome?.Error);

    private double? Eta(RunRecord run, IReadOnlyList<Training> trainings, IReadOnlyList<TrainingWork> all)
    {
        var unfinished = trainings.Where(IsUnfinished).Select(training => training.Work).ToList();
        return RemainingTime.OfAll(unfinished, all, run.StartedAt is { } started ? (time.GetUtcNow() - started).TotalSeconds : 0);
    }

    private static bool IsUnfinished(Training training) => training.State is TrainingState.Waiting or TrainingState.Training;
}
