using System.Text.Json.Serialization;
using ServerlessFashion.Data;
using ServerlessFashion.Devices;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Reporting;

/// <summary>The content of <c>report.json</c>. Field names are a contract: fields may be added, but not renamed or removed.</summary>
public sealed record ReportDocument
{
    public required string RunId { get; init; }

    /// <summary>The name that the run had when the report was written; null for none. So are the tags and the notes.</summary>
    public string? Name { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string? Notes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required RunConfiguration Configuration { get; init; }
    public required ReportData Data { get; init; }

    /// <summary>The machine of the first training.</summary>
    public required RunEnvironment Environment { get; init; }

    /// <summary>The machines of each training; empty for runs of earlier versions.</summary>
    public IReadOnlyList<TrainingEnvironments> TrainingEnvironments { get; init; } = [];

    public required IReadOnlyList<ModelReport> Models { get; init; }
    public required IReadOnlyList<ModelFailure> Failures { get; init; }
    public required ModelComparison Comparison { get; init; }

    /// <summary>Name of the model with the best validation accuracy (mean over seeds); null if every model failed.</summary>
    public required string? Winner { get; init; }
    public required IReadOnlyList<PublishedResult> Published { get; init; }

    /// <summary>Names of the labels, in label order.</summary>
    public IReadOnlyList<string> LabelNames { get; init; } = [];

    /// <summary>
    /// The result in one line. It names models as level that the paired test on the test images cannot tell from the winner.
    /// </summary>
    public string Headline { get; init; } = "";

    /// <summary>The result in sentences: the winner, its margin, the significance, and the comparison with the study.</summary>
    public IReadOnlyList<string> Verdict { get; init; } = [];

    /// <summary>Every pruned model of the run, compared with its dense model.</summary>
    public IReadOnlyList<PrunedModel> Pruning { get; init; } = [];

    /// <summary>The search of the run; null if it is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchReport? Search { get; init; }
}

/// <param name="Train">Image count.</param>
/// <param name="Validation">Image count.</param>
/// <param name="Test">Image count.</param>
/// <param name="Sha256">Hex SHA-256 over the uncompressed content of the four original files.</param>
public sealed record ReportData(LabelScheme Labels, DatasetSplit Split, int Train, int Validation, int Test, string Sha256);

/// <summary>One trained model in the report.</summary>
public sealed record ModelReport
{
    public required string Name { get; init; }
    public required string Title { get; init; }
    public required int Seed { get; init; }
    public required long Parameters { get; init; }
    public required long TrainableParameters { get; init; }

    /// <summary>Share of kernel weights (no biases, no BatchNorm) that are exactly zero: pruned.</summary>
    public double Sparsity { get; init; }

    /// <summary>Number of kernel weights that are not zero; null if they were not counted, as in an ensemble.</summary>
    public long? KernelParametersLeft { get; init; }

    /// <summary>Multiply-accumulates of predicting one image; null if they were not counted.</summary>
    public long? MultiplyAccumulates { get; init; }

    /// <summary>Size of <c>model.onnx</c> in bytes; null if it was not measured.</summary>
    public long? FileBytes { get; init; }

    public required int Epochs { get; init; }

    /// <summary>
    /// Epochs of all phases in full: more than <see cref="Epochs"/> if early stopping ended a phase; null in an ensemble.
    /// </summary>
    public int? PlannedEpochs { get; init; }
    public required int BatchSize { get; init; }
    public required int TrainImages { get; init; }
    public required double TrainSeconds { get; init; }
    public required double SecondsPerEpoch { get; init; }
    public required double TestSeconds { get; init; }

    /// <summary>Test time for one image, in microseconds.</summary>
    public required double TestMicrosecondsPerSample { get; init; }
    public required int BestEpoch { get; init; }
    public required bool SideInformation { get; init; }
    public required string Weights { get; init; }

    /// <summary>The trainings that vote, e.g. "strong seed 1"; empty for a single model.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];
    public required int Threads { get; init; }

    /// <summary>The device of training and evaluation; null in ensembles and in runs stored before the device could be chosen.</summary>
    public DeviceDescription? Device { get; init; }
    public required long PeakMemoryBytes { get; init; }
    public required SetScore Train { get; init; }
    public required SetScore Validation { get; init; }
    public required TestScore Test { get; init; }
    public required IReadOnlyList<ClassScore> PerClass { get; init; }

    /// <summary>Rows are true labels, columns predicted labels, in image counts on the test set.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }
    public required IReadOnlyList<EpochRow> History { get; init; }

    /// <summary>The epoch whose weights are evaluated; null without epochs.</summary>
    internal EpochRow? BestRow => History.FirstOrDefault(row => row.Epoch == BestEpoch);

    /// <summary>The diagnosis of overfitting or underfitting in words.</summary>
    public required string Diagnosis { get; init; }

    /// <summary>The result of <see cref="FitDiagnosis"/>; <see cref="Diagnosis"/> is its text.</summary>
    public required Fit Fit { get; init; }

    /// <summary>Training accuracy minus validation accuracy, both in evaluation mode with the evaluated weights.</summary>
    public double Gap { get; init; }

    /// <summary>Newcombe's 95 % interval of <see cref="Gap"/>.</summary>
    public Interval? GapInterval { get; init; }

    /// <summary>Sentences that name the labels with the highest precision, recall, F1 and support.</summary>
    public IReadOnlyList<string> Statements { get; init; } = [];

    public required CalibrationReport Calibration { get; init; }

    /// <summary>The most confident wrong predictions on the test set, most confident first.</summary>
    public IReadOnlyList<Mistake> Mistakes { get; init; } = [];

    /// <summary>
    /// Error rate by distance to the nearest label cut, in ten groups of equal size; null for garments, which have no cuts.
    /// </summary>
    public IReadOnlyList<CutDistanceGroup>? CutDistance { get; init; }
}

/// <param name="Label">Counted from 0.</param>
/// <param name="Support">Images of that true label.</param>
public sealed record ClassScore(int Label, double Precision, double Recall, double F1, int Support)
{
    /// <summary>
    /// Images that are predicted as the label; null for published scores. With 0, precision is undefined and counts as 0, as in
    /// scikit-learn.
    /// </summary>
    public int? Predicted { get; init; }

    internal bool HasPrecision => Predicted != 0;

    internal bool HasRecall => Support != 0;

    internal bool HasF1 => HasPrecision || HasRecall;

    /// <summary>Wilson's 95 % interval.</summary>
    public Interval? PrecisionInterval { get; init; }

    /// <summary>Wilson's 95 % interval.</summary>
    public Interval? RecallInterval { get; init; }
}

public sealed record TestScore(double Accuracy, double Loss, double MacroF1)
{
    /// <summary>Wilson's 95 % interval of the accuracy.</summary>
    public Interval? AccuracyInterval { get; init; }

    /// <summary>Cohen's kappa.</summary>
    public double Kappa { get; init; }

    /// <summary>Quadratic-weighted kappa; null for garments, which have no order.</summary>
    public double? QuadraticKappa { get; init; }

    /// <summary>Share of the wrong predictions that are a neighbouring label; null for garments.</summary>
    public double? OffByOneShare { get; init; }
}

/// <summary>Reliability of the probabilities on the test set, as trained and after temperature scaling.</summary>
/// <param name="Temperature">Fitted on the validation set.</param>
public sealed record CalibrationReport(double Temperature, Calibration Before, Calibration After)
{
    /// <summary>True if <see cref="Temperature"/> is a limit of the search, so that the best value may lie beyond it.</summary>
    public bool TemperatureAtLimit { get; init; }
}

/// <param name="Id">Row of the image in its split.</param>
/// <param name="Confidence">Probability given to the predicted label, 0..1, before temperature scaling.</param>
public sealed record Mistake(int Id, int TrueLabel, int PredictedLabel, double Confidence);

/// <param name="From">Smallest distance in the group, in grey values of the whole image.</param>
/// <param name="To">Largest.</param>
/// <param name="Interval">Wilson's 95 % interval of the error rate.</param>
public sealed record CutDistanceGroup(int From, int To, int Images, int Errors, double ErrorRate, Interval Interval);

/// <summary>The effect of pruning on a model's size and accuracy.</summary>
/// <param name="Dense">Name of the dense model of the run for the comparison; null if there is none.</param>
/// <param name="Steps">The state after each cut, in the order of training, for the first seed.</param>
/// <param name="Against">The comparison with the dense model, as means over seeds; null if the run has no dense model.</param>
public sealed record PrunedModel(string Name, string? Dense, IReadOnlyList<PruningStep> Steps, PruningEffect? Against);

/// <summary>The epochs with the same number of kernel weights.</summary>
/// <param name="Removed">Share of the dense network's kernel weights that is removed: zero, or removed with its channel.</param>
/// <param name="KernelParametersLeft">Number of remaining kernel weights.</param>
/// <param name="BestEpoch">The epoch with the best validation accuracy, the earliest if several are equal.</param>
/// <param name="ValidationAccuracy">Validation accuracy of that epoch.</param>
public sealed record PruningStep(double Removed, long KernelParametersLeft, int Epochs, int BestEpoch, double ValidationAccuracy);

/// <summary>Ratios pruned / dense (null if a figure is missing), and differences pruned minus dense.</summary>
/// <param name="Time">Ratio of the prediction times of the test set.</param>
public sealed record PruningEffect(
    double Parameters, double? KernelParametersLeft, double? FileBytes, double? MultiplyAccumulates, double Time,
    double ValidationAccuracyDifference, double TestAccuracyDifference);

/// <summary>A model that did not finish.</summary>
public sealed record ModelFailure(string Name, int Seed, string Error);

/// <summary>One row of the study's published results. Losses are null if the study gave none.</summary>
public sealed record PublishedResult(
    string Name, string Time, double? MicrosecondsPerSample, double TrainAccuracy, double ValidationAccuracy, double TestAccuracy,
    double? TrainLoss, double? ValidationLoss, string? Note)
{
    /// <summary><see cref="Time"/> in seconds.</summary>
    public double? Seconds { get; init; }
}
