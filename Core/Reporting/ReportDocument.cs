using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Reporting;

/// <summary>The content of <c>report.json</c>. Field names are a contract; fields may be added, none renamed or removed.</summary>
public sealed record ReportDocument
{
    public required string RunId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required RunConfiguration Configuration { get; init; }
    public required ReportData Data { get; init; }
    public required ReportEnvironment Environment { get; init; }
    public required IReadOnlyList<ModelReport> Models { get; init; }
    public required IReadOnlyList<ModelFailure> Failures { get; init; }
    public required ModelComparison Comparison { get; init; }

    /// <summary>Name of the model with the best validation accuracy (mean over seeds); null when every model failed.</summary>
    public required string? Winner { get; init; }
    public required IReadOnlyList<PublishedResult> Published { get; init; }
}

/// <param name="Train">Image count.</param>
/// <param name="Validation">Image count.</param>
/// <param name="Test">Image count.</param>
/// <param name="Sha256">Hex SHA-256 over the uncompressed content of the four original files.</param>
public sealed record ReportData(LabelScheme Labels, DatasetSplit Split, int Train, int Validation, int Test, string Sha256);

/// <summary>What the run ran on.</summary>
public sealed record ReportEnvironment(
    string OperatingSystem, string Processor, int Cores, double MemoryGiB, string Runtime, string Version, string TorchVersion);

/// <summary>One trained model in the report.</summary>
public sealed record ModelReport
{
    public required string Name { get; init; }
    public required string Title { get; init; }
    public required int Seed { get; init; }
    public required long Parameters { get; init; }
    public required long TrainableParameters { get; init; }
    public required int Epochs { get; init; }
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
    public required int Threads { get; init; }
    public required long PeakMemoryBytes { get; init; }
    public required SetScore Train { get; init; }
    public required SetScore Validation { get; init; }
    public required TestScore Test { get; init; }
    public required IReadOnlyList<ClassScore> PerClass { get; init; }

    /// <summary>Rows are true labels, columns predicted labels, in image counts on the test set.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }
    public required IReadOnlyList<EpochRow> History { get; init; }

    /// <summary>Over- or underfitting in words.</summary>
    public required string Diagnosis { get; init; }
}

/// <param name="Label">Counted from 0.</param>
/// <param name="Support">Images of that true label.</param>
public sealed record ClassScore(int Label, double Precision, double Recall, double F1, int Support);

public sealed record TestScore(double Accuracy, double Loss, double MacroF1);

/// <summary>A model that did not finish; the others did.</summary>
public sealed record ModelFailure(string Name, int Seed, string Error);

/// <summary>Model against model on the test set.</summary>
public sealed record ModelComparison
{
    /// <summary>One row a model (mean over seeds), best validation accuracy first.</summary>
    public required IReadOnlyList<ModelRank> Ranking { get; init; }

    /// <summary>Every pair of models (first seed of each).</summary>
    public required IReadOnlyList<PairTest> Pairs { get; init; }
}

public sealed record ModelRank(string Name, int Seeds, double MeanValidationAccuracy, double MeanTestAccuracy, double SdTestAccuracy);

/// <summary>McNemar's test of two models on the same test images.</summary>
/// <param name="OnlyFirstRight">Images that only the first model labels right.</param>
/// <param name="OnlySecondRight">Images that only the second model labels right.</param>
/// <param name="PValue">Exact two-sided binomial p value.</param>
public sealed record PairTest(string First, string Second, int OnlyFirstRight, int OnlySecondRight, double PValue);

/// <summary>One row of the study's published results; losses are null where it gave none.</summary>
public sealed record PublishedResult(
    string Name, string Time, double? MicrosecondsPerSample, double TrainAccuracy, double ValidationAccuracy, double TestAccuracy,
    double? TrainLoss, double? ValidationLoss, string? Note);
