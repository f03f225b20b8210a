using ServerlessFashion.Application;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Client.Documents;

/// <summary>The answer to a start, a cancel or a resume.</summary>
internal sealed record AcceptedDocument(string Id, RunStatus Status);

/// <summary>One run in the list of runs.</summary>
internal sealed record ComparisonSummary(
    string Id, RunStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt,
    string Preset, IReadOnlyList<string> Models, string? Winner, string? Error,
    string? Name = null, IReadOnlyList<string>? Tags = null, string? Notes = null, EvaluatedModel? Best = null, string? Dataset = null)
{
    public RunRecord ToRun() => new()
    {
        Id = Id,
        Status = Status,
        CreatedAt = CreatedAt,
        StartedAt = StartedAt,
        FinishedAt = FinishedAt,
        Preset = Preset,
        Dataset = Dataset,
        Models = Models,
        Winner = Winner,
        Error = Error,
        Best = Best,
        Description = RunDescription.FromStorage(Name, Tags ?? [], Notes),
    };
}

/// <summary>One training of a run.</summary>
internal sealed record TrainingDocument(
    string Name, int Seed, TrainingStage State, int Epoch, int Epochs, int PlannedEpochs, EpochRow? Best, EpochRow? Last,
    double? SecondsPerEpoch, double? EtaSeconds, double? ValidationAccuracy, double? TestAccuracy, string? Error)
{
    /// <summary>The evaluated model; null before the run's comparison and for a failed training.</summary>
    public EvaluatedModel? Evaluated => ValidationAccuracy is { } validation && TestAccuracy is { } test
        ? new EvaluatedModel(Name, Seed, validation, test)
        : null;

    /// <param name="rows">Its finished epochs, in order.</param>
    public TrainingStatus ToStatus(IReadOnlyList<EpochRow> rows) => new(
        Name, Seed, State, rows, Epochs, PlannedEpochs, SecondsPerEpoch, EtaSeconds, Evaluated, Error)
    {
        Best = Best,
    };

    public TrainingOutcome ToOutcome() => new(Name, Seed, Evaluated, Error, Cancelled: Evaluated is null && Error is null);
}

/// <summary>A run in full.</summary>
/// <param name="Dataset">The data set as it was when the run began; null for Fashion-MNIST, and from servers of old versions.</param>
internal sealed record ComparisonDocument(
    string Id, RunStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, double? EtaSeconds,
    string? Winner, string? Error, IReadOnlyList<TrainingDocument> Models, RunConfiguration Configuration,
    string? Name = null, IReadOnlyList<string>? Tags = null, string? Notes = null, EvaluatedModel? Best = null,
    DatasetDescription? Dataset = null)
{
    public RunRecord ToRun() => RunRecord.Of(Id, Status, CreatedAt, Configuration) with
    {
        StartedAt = StartedAt,
        FinishedAt = FinishedAt,
        Winner = Winner,
        Error = Error,
        Best = Best,
        Description = RunDescription.FromStorage(Name, Tags ?? [], Notes),
    };

    /// <param name="rowsOf">The finished epochs of a training, in order.</param>
    public ComparisonStatus ToStatus(Func<TrainingDocument, IReadOnlyList<EpochRow>> rowsOf) => new(
        ToRun(), Configuration, EtaSeconds, [.. Models.Select(training => training.ToStatus(rowsOf(training)))]);

    /// <summary>How the run has ended so far.</summary>
    public ComparisonOutcome ToOutcome() => new(Status, Winner, Error, [.. Models.Select(training => training.ToOutcome())]);
}

/// <summary>One epoch of one training.</summary>
internal sealed record MetricsDocument(
    string Name, int Seed, int Epoch, string Phase, double TrainLoss, double TrainAccuracy, double ValidationLoss,
    double ValidationAccuracy, double LearningRate, double Seconds)
{
    public EpochRow ToRow() => new(
        Epoch, Phase, TrainLoss, TrainAccuracy, ValidationLoss, ValidationAccuracy, LearningRate, Seconds);
}
