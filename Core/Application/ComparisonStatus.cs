using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Application;

/// <summary>What one training of a run is doing.</summary>
public enum TrainingStage
{
    Waiting,
    Training,
    Evaluating,
    Completed,
    Failed,

    /// <summary>The run ended before it did.</summary>
    Stopped,
}

/// <summary>How far one model with one seed of a run is.</summary>
/// <param name="Rows">The epochs done, over all phases, in order.</param>
/// <param name="Epochs">The epochs done and those that may still come.</param>
/// <param name="PlannedEpochs">
/// Epochs of all phases in full: more than <paramref name="Epochs"/> once early stopping has ended a phase.
/// </param>
/// <param name="SecondsPerEpoch">Mean of the last few epochs; null before the first.</param>
/// <param name="EtaSeconds">
/// Estimated time until its last epoch is done, once it is at work; null where nothing is known or nothing is left.
/// </param>
/// <param name="Evaluated">The model as evaluated; null before the run's comparison and for a training that failed.</param>
/// <param name="Error">Why it failed; null for any other.</param>
public sealed record TrainingStatus(
    string Name, int Seed, TrainingStage Stage, IReadOnlyList<EpochRow> Rows, int Epochs, int PlannedEpochs,
    double? SecondsPerEpoch, double? EtaSeconds, EvaluatedModel? Evaluated, string? Error)
{
    /// <summary>The last epoch done; null before the first.</summary>
    public EpochRow? Last => Rows is [.., var last] ? last : null;
}

/// <summary>How far a run is.</summary>
/// <param name="EtaSeconds">Estimated time until the last training is done; null where nothing is known or nothing is left.</param>
public sealed record ComparisonStatus(RunRecord Run, double? EtaSeconds, IReadOnlyList<TrainingStatus> Trainings);
