using System.ComponentModel;
using ServerlessFashion.Application;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Api.Documents;

/// <summary>Paths of a run's resources on the same host.</summary>
internal sealed record ComparisonLinks(string Self, string Metrics, string Report, string Cancel, string Resume)
{
    public static ComparisonLinks Of(string runId)
    {
        var self = ApiPaths.Comparison(runId);
        return new ComparisonLinks(self, self + "/metrics", self + "/report", self + "/cancel", self + "/resume");
    }
}

/// <summary>The response to a start, a cancel or a resume.</summary>
internal sealed record AcceptedDocument(string Id, RunStatus Status, ComparisonLinks Links)
{
    public static AcceptedDocument Of(RunRecord run) => new(run.Id, run.Status, ComparisonLinks.Of(run.Id));
}

/// <summary>One run in the list of runs.</summary>
internal sealed record ComparisonSummary(
    string Id, string? Name, IReadOnlyList<string> Tags, string? Notes,
    RunStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt,
    [property: Description(ComparisonSummary.Duration)] double? DurationSeconds,
    string Preset,
    [property: Description("Name of the data set; null in runs that were stored before lists knew it.")] string? Dataset,
    IReadOnlyList<string> Models, string? Winner,
    [property: Description(ComparisonSummary.BestDescription)] EvaluatedModel? Best,
    string? Error, ComparisonLinks Links)
{
    internal const string Duration = "Seconds from the first start to the end, pauses included; null before the end.";
    internal const string BestDescription = "The winner with the seed that has the best validation accuracy; null without a winner.";

    public static ComparisonSummary Of(RunRecord run) => new(
        run.Id, run.Description.Name, run.Description.Tags, run.Description.Notes,
        run.Status, run.CreatedAt, run.StartedAt, run.FinishedAt, run.Duration?.TotalSeconds,
        run.Preset, run.Dataset, run.Models, run.Winner, run.Best, run.Error, ComparisonLinks.Of(run.Id));
}

/// <summary>One model with one seed of a run, see <see cref="TrainingStatus"/>.</summary>
internal sealed record TrainingDocument(
    string Name,
    int Seed,
    TrainingStage State,
    [property: Description("Finished epochs.")] int Epoch,
    [property: Description("Finished epochs and those that may still come; 0 for an ensemble, which is not trained.")] int Epochs,
    [property: Description("Epochs of all phases in full: more than `epochs` once early stopping has ended a phase.")] int PlannedEpochs,
    [property: Description("The epoch with the best validation accuracy so far, whose weights are evaluated.")] EpochRow? Best,
    EpochRow? Last,
    double? SecondsPerEpoch,
    [property: Description("Estimated seconds until its last epoch is done; null before it is training.")] double? EtaSeconds,
    double? ValidationAccuracy,
    double? TestAccuracy,
    string? Error)
{
    public static TrainingDocument Of(TrainingStatus training) => new(
        training.Name, training.Seed, training.Stage, training.Rows.Count, training.Epochs, training.PlannedEpochs, training.Best,
        training.Last, training.SecondsPerEpoch, training.EtaSeconds, training.Evaluated?.ValidationAccuracy,
        training.Evaluated?.TestAccuracy, training.Error);
}

/// <summary>A training that failed; the others continued.</summary>
internal sealed record FailureDocument(string Name, int Seed, string Error);

/// <summary>A run in full, see <see cref="ComparisonStatus"/>.</summary>
internal sealed record ComparisonDocument(
    string Id, string? Name, IReadOnlyList<string> Tags, string? Notes,
    RunStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt,
    [property: Description(ComparisonSummary.Duration)] double? DurationSeconds,
    [property: Description("Estimated seconds until the last training is done.")] double? EtaSeconds,
    string? Winner,
    [property: Description(ComparisonSummary.BestDescription)] EvaluatedModel? Best,
    string? Error,
    [property: Description("True if the run was cancelled and has not stopped yet; its status is running until then.")] bool Stopping,
    IReadOnlyList<TrainingDocument> Models, IReadOnlyList<FailureDocument> Failures,
    RunConfiguration Configuration,
    [property: Description("The data set as it was when the run began; null for fashion-mnist.")] DatasetDescription? Dataset,
    ComparisonLinks Links)
{
    public static ComparisonDocument Of(ComparisonStatus status)
    {
        var run = status.Run;
        var failed = status.Trainings.Where(training => training.Error is not null);
        return new ComparisonDocument(
            run.Id, run.Description.Name, run.Description.Tags, run.Description.Notes,
            run.Status, run.CreatedAt, run.StartedAt, run.FinishedAt, run.Duration?.TotalSeconds, status.EtaSeconds,
            run.Winner, run.Best, run.Error, status.IsStopping,
            [.. status.Trainings.Select(TrainingDocument.Of)],
            [.. failed.Select(training => new FailureDocument(training.Name, training.Seed, training.Error!))],
            status.Configuration, status.Dataset, ComparisonLinks.Of(run.Id));
    }
}

/// <summary>One epoch of one training.</summary>
internal sealed record MetricsDocument(
    string Name, int Seed, [property: Description("Counted from 1 over all phases.")] int Epoch, string Phase,
    double TrainLoss, double TrainAccuracy,
    double ValidationLoss, double ValidationAccuracy, double LearningRate, double Seconds,
    [property: Description("CPU time of the training's process in the epoch, all threads; null where it was not recorded.")]
    double? CpuSeconds,
    [property: Description("Resident memory of the training's process at the end of the epoch; null where it was not recorded.")]
    long? MemoryBytes,
    [property: Description("Mean share of the epoch in which the training's GPU computed; null on the CPU or where it was not recorded.")]
    double? GpuBusyShare,
    [property: Description("The most memory of that GPU in use by all processes; null on the CPU or where it was not recorded.")]
    long? GpuMemoryBytes)
{
    public static MetricsDocument Of(string name, int seed, EpochRow row) => new(
        name, seed, row.Epoch, row.Phase, row.TrainLoss, row.TrainAccuracy,
        row.ValidationLoss, row.ValidationAccuracy, row.LearningRate, row.Seconds, row.Use?.CpuSeconds, row.Use?.MemoryBytes,
        row.Use?.Gpu?.BusyShare, row.Use?.Gpu?.MemoryBytes);
}
