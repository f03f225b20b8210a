using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Runs;

/// <summary>The progress of one training, reported several times per epoch.</summary>
/// <param name="Activity">"training" or "evaluating".</param>
/// <param name="Epoch">The current epoch, counted from 1.</param>
/// <param name="TotalEpochs">Epochs done and those that may still come; it falls when early stopping ends a phase.</param>
/// <param name="Completed">The epoch that has just ended; otherwise null.</param>
public sealed record TrainingProgress(
    string Model, int Seed, string Activity, int Epoch, int TotalEpochs, int Batch, int Batches, double Loss, double Accuracy,
    EpochRow? Completed)
{
    /// <summary>Epochs of all phases without early stopping, when an epoch has just ended; otherwise null.</summary>
    public int? PlannedEpochs { get; init; }

    /// <summary>True if early stopping has ended the training with the completed epoch.</summary>
    public bool HasStoppedEarly => Completed?.Epoch == TotalEpochs && PlannedEpochs > TotalEpochs;
}
