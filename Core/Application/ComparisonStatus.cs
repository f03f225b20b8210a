using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Application;

/// <summary>The stage of one training of a run.</summary>
public enum TrainingStage
{
    Waiting,
    Training,
    Evaluating,
    Completed,
    Failed,

    /// <summary>The run ended before this training did.</summary>
    Stopped,
}

/// <summary>The progress of one model with one seed of a run. An ensemble is a model without epochs.</summary>
/// <param name="Rows">The epochs done, over all phases, in order.</param>
/// <param name="Epochs">The epochs done and those that may still come; 0 for an ensemble.</param>
/// <param name="PlannedEpochs">
/// Epochs of all phases in full: more than <paramref name="Epochs"/> once early stopping has ended a phase.
/// </param>
/// <param name="SecondsPerEpoch">Mean of the last few epochs; null before the first.</param>
/// <param name="EtaSeconds">
/// Estimated time from its start, or from now if it has started, until its last epoch is done; null if there is no estimate or
/// nothing is left.
/// </param>
/// <param name="Evaluated">The evaluated model; null before the run's comparison and for a failed training.</param>
/// <param name="Error">The error of a failed training; otherwise null.</param>
public sealed record TrainingStatus(
    string Name, int Seed, TrainingStage Stage, IReadOnlyList<EpochRow> Rows, int Epochs, int PlannedEpochs,
    double? SecondsPerEpoch, double? EtaSeconds, EvaluatedModel? Evaluated, string? Error)
{
    /// <summary>The epoch with the best validation accuracy so far, whose weights are evaluated; null before the first.</summary>
    public EpochRow? Best { get; init; }

    /// <summary>The last epoch done; null before the first.</summary>
    public EpochRow? Last => Rows is [.., var last] ? last : null;
}

/// <summary>The progress of a run.</summary>
/// <param name="Configuration">The run's effective configuration.</param>
/// <param name="EtaSeconds">Estimated time until the last training is done; null if there is no estimate or nothing is left.</param>
public sealed record ComparisonStatus(
    RunRecord Run, RunConfiguration Configuration, double? EtaSeconds, IReadOnlyList<TrainingStatus> Trainings)
{
    /// <summary>The registered data set as it was when the run began; null for Fashion-MNIST.</summary>
    public DatasetDescription? Dataset { get; init; }

    /// <summary>True if the run was cancelled and has not stopped yet.</summary>
    public bool IsStopping { get; init; }
}
