using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Runs;

/// <summary>Where one training stands, several times an epoch.</summary>
/// <param name="Activity">"training" or "evaluating".</param>
/// <param name="Epoch">The epoch at hand, counted from 1.</param>
/// <param name="TotalEpochs">Epochs done and those that may still come; it falls when early stopping ends a phase.</param>
/// <param name="Completed">The epoch that has just ended; null between.</param>
public sealed record TrainingProgress(
    string Model, int Seed, string Activity, int Epoch, int TotalEpochs, int Batch, int Batches, double Loss, double Accuracy, EpochRow? Completed)
{
    /// <summary>Epochs of all phases in full, with a completed epoch; null between.</summary>
    public int? PlannedEpochs { get; init; }

    /// <summary>Early stopping has ended the training with the completed epoch.</summary>
    public bool HasStoppedEarly => Completed?.Epoch == TotalEpochs && PlannedEpochs > TotalEpochs;
}
