using ServerlessFashion.Evaluation;
using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Api;

/// <summary>Where a client goes on from a run: paths on the same host.</summary>
internal sealed record ComparisonLinks(string Self, string Metrics, string Report, string Cancel)
{
    public static ComparisonLinks Of(string runId)
    {
        var self = PathOf(runId);
        return new ComparisonLinks(self, self + "/metrics", self + "/report", self + "/cancel");
    }

    public static string PathOf(string runId) => $"{FashionApi.Prefix}/comparisons/{runId}";
}

/// <summary>The answer to a start or a cancel.</summary>
internal sealed record AcceptedDocument(string Id, RunStatus Status, ComparisonLinks Links)
{
    public static AcceptedDocument Of(RunRecord run) => new(run.Id, run.Status, ComparisonLinks.Of(run.Id));
}

/// <summary>One run in the list of runs.</summary>
internal sealed record ComparisonSummary(
    string Id, RunStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt,
    string Preset, IReadOnlyList<string> Models, string? Winner, string? Error, ComparisonLinks Links)
{
    public static ComparisonSummary Of(RunRecord run) => new(
        run.Id, run.Status, run.CreatedAt, run.StartedAt, run.FinishedAt,
        run.Configuration.Preset, [.. run.Configuration.Models.Select(model => model.Name)], run.Winner, run.Error, ComparisonLinks.Of(run.Id));
}

/// <summary>Where one training stands.</summary>
internal enum TrainingState
{
    Waiting,
    Training,
    Evaluating,
    Completed,
    Failed,

    /// <summary>The run ended before it did.</summary>
    Stopped,
}

/// <summary>One model with one seed of a run.</summary>
/// <param name="Epoch">Epochs done, over all phases.</param>
/// <param name="Epochs">Those and the ones that may still come.</param>
/// <param name="PlannedEpochs">Epochs of all phases in full: more than <paramref name="Epochs"/> once early stopping has ended a phase.</param>
/// <param name="Last">The last epoch done; null before the first.</param>
/// <param name="SecondsPerEpoch">Mean of the last few epochs; null before the first.</param>
/// <param name="EtaSeconds">Estimated time until its last epoch is done, once it is at work; null where nothing is known or nothing is left.</param>
/// <param name="ValidationAccuracy">Of the model as evaluated; null before the run's comparison.</param>
internal sealed record TrainingDocument(
    string Name, int Seed, TrainingState State, int Epoch, int Epochs, int PlannedEpochs, EpochRow? Last,
    double? SecondsPerEpoch, double? EtaSeconds, double? ValidationAccuracy, double? TestAccuracy, string? Error);

/// <summary>A training that failed; the others went on.</summary>
internal sealed record FailureDocument(string Name, int Seed, string Error);

/// <summary>A run in full.</summary>
/// <param name="EtaSeconds">Estimated time until the last training is done; null where nothing is known or nothing is left.</param>
internal sealed record ComparisonDocument(
    string Id, RunStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt,
    double? EtaSeconds, string? Winner, string? Error, IReadOnlyList<TrainingDocument> Models, IReadOnlyList<FailureDocument> Failures,
    RunConfiguration Configuration, ComparisonLinks Links);

/// <summary>One epoch of one training.</summary>
internal sealed record MetricsDocument(
    string Name, int Seed, int Epoch, string Phase, double TrainLoss, double TrainAccuracy,
    double ValidationLoss, double ValidationAccuracy, double LearningRate, double Seconds)
{
    public static MetricsDocument Of(string name, int seed, EpochRow row) => new(
        name, seed, row.Epoch, row.Phase, row.TrainLoss, row.TrainAccuracy, row.ValidationLoss, row.ValidationAccuracy, row.LearningRate, row.Seconds);
}
