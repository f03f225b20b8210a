using System.Text.Json.Serialization;
using ServerlessFashion.Devices;

namespace ServerlessFashion.Evaluation;

/// <summary>Accuracy (share of correct labels, 0..1) and mean cross-entropy (nats) over one set of images, in evaluation mode.</summary>
public sealed record SetScore(double Accuracy, double Loss);

/// <summary>One epoch as Keras would report it.</summary>
/// <param name="Epoch">Counted from 1 over all phases.</param>
/// <param name="TrainLoss">Running mean over the epoch's batches in training mode (dropout on, weights changing).</param>
/// <param name="TrainAccuracy">Likewise.</param>
/// <param name="ValidationLoss">After the epoch, in evaluation mode.</param>
/// <param name="ValidationAccuracy">Likewise.</param>
/// <param name="Seconds">Wall time of the epoch, validation included.</param>
public sealed record EpochRow(
    int Epoch, string Phase, double TrainLoss, double TrainAccuracy,
    double ValidationLoss, double ValidationAccuracy, double LearningRate, double Seconds)
{
    /// <summary>
    /// The use of the machine; null where it was not recorded. It is no part of checkpoints and reports, which are the same whatever
    /// machine trains.
    /// </summary>
    [JsonIgnore]
    public ResourceUse? Use { get; init; }
}

/// <summary>
/// The evaluation of one trained model: the content of <c>evaluation.json</c>. The evaluated weights are those of the epoch with
/// the best validation accuracy (the earliest if several are equal).
/// </summary>
public sealed record ModelEvaluation
{
    public required string Name { get; init; }
    public required int Seed { get; init; }

    /// <summary>All parameters, BatchNorm moving statistics included (Keras counting).</summary>
    public required long Parameters { get; init; }
    public required long TrainableParameters { get; init; }

    /// <summary>Share of kernel weights (no biases, no BatchNorm) that are exactly zero: pruned.</summary>
    public double Sparsity { get; init; }

    /// <summary>Number of kernel weights that are not zero; null if they were not counted, as in an ensemble.</summary>
    public long? KernelParametersLeft { get; init; }

    /// <summary>
    /// Multiply-accumulates of predicting one image (<see cref="Models.ModelPlan.PredictionMultiplyAccumulates"/>); null if they
    /// were not counted.
    /// </summary>
    public long? MultiplyAccumulates { get; init; }

    /// <summary>Size of <c>model.onnx</c> in bytes; null if it was not measured.</summary>
    public long? FileBytes { get; init; }
    public required int Epochs { get; init; }

    /// <summary>
    /// Epochs of all phases in full: more than <see cref="Epochs"/> if early stopping ended a phase; null in an ensemble.
    /// </summary>
    public int? PlannedEpochs { get; init; }
    public required int BatchSize { get; init; }

    /// <summary>Images that this model was trained on.</summary>
    public required int TrainImages { get; init; }

    /// <summary>Sum of the epochs' wall time.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>Wall time of predicting the whole test set once.</summary>
    public required double TestSeconds { get; init; }

    /// <summary>The epoch, counted from 1, whose weights are evaluated.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>True if training used labels that the competition did not provide.</summary>
    public required bool SideInformation { get; init; }

    /// <summary>The origin of the initial weights, e.g. "Glorot uniform" or "random (ImageNet weights unavailable: reason)".</summary>
    public required string Weights { get; init; }

    /// <summary>The trainings that vote, e.g. "strong seed 1"; empty for a single model.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>CPU threads it was trained with.</summary>
    public required int Threads { get; init; }

    /// <summary>The device of training and evaluation; null in ensembles and in runs stored before the device could be chosen.</summary>
    public DeviceDescription? Device { get; init; }

    /// <summary>Highest resident memory of the process that trained it, in bytes.</summary>
    public required long PeakMemoryBytes { get; init; }

    public required SetScore Train { get; init; }
    public required SetScore Validation { get; init; }
    public required SetScore Test { get; init; }
    public required IReadOnlyList<EpochRow> History { get; init; }

    /// <summary>Validation set in order: true labels and, image after image, the logits (Count x classes).</summary>
    public required ScoredSet ValidationScores { get; init; }

    /// <summary>Test set in order.</summary>
    public required ScoredSet TestScores { get; init; }

    /// <summary>Training set in order. It is stored in a separate file, and only for the members of an ensemble.</summary>
    [JsonIgnore]
    public ScoredSet? TrainScores { get; init; }

    /// <summary>The same evaluation without any scores. They take most of its memory.</summary>
    public ModelEvaluation WithoutScores() =>
        this with { ValidationScores = ScoredSet.Empty, TestScores = ScoredSet.Empty, TrainScores = null };
}

/// <summary>True labels and raw network outputs of one set of images, in its order.</summary>
/// <param name="Ids">Row of each image in its split.</param>
/// <param name="Labels">True label of each image.</param>
/// <param name="Logits">Count x classes, image after image.</param>
public sealed record ScoredSet(int[] Ids, byte[] Labels, float[] Logits)
{
    public static ScoredSet Empty { get; } = new([], [], []);

    public int Count => Labels.Length;

    public int Classes => Labels.Length == 0 ? 0 : Logits.Length / Labels.Length;

    public ReadOnlySpan<float> Row(int index) => Logits.AsSpan(index * Classes, Classes);
}
