using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Reporting;

/// <summary>The comparison of the models with each other on the test set.</summary>
public sealed record ModelComparison
{
    /// <summary>One row per model (mean over seeds), best validation accuracy first.</summary>
    public required IReadOnlyList<ModelRank> Ranking { get; init; }

    /// <summary>Every pair of models (first seed of each).</summary>
    public required IReadOnlyList<PairTest> Pairs { get; init; }

    /// <summary>
    /// Test of whether all models are correct equally often on the test set, for the first seed of each; null with fewer than two
    /// models.
    /// </summary>
    public ChiSquareTest? CochranQ { get; init; }

    /// <summary>Rows in the split of the test images that every model labels wrong (first seed of each).</summary>
    public IReadOnlyList<int> CommonErrors { get; init; } = [];

    /// <summary>Names of the models that the paired test cannot tell from the winner, best validation accuracy first.</summary>
    public IReadOnlyList<string> LevelWithWinner { get; init; } = [];

    /// <summary>Expected number of common errors if the models failed independently; null with fewer than two models.</summary>
    public double? CommonErrorsIfIndependent { get; init; }

    /// <summary>The test of two models, with <paramref name="first"/> first; null if they were not paired.</summary>
    internal PairTest? PairOf(string first, string second) =>
        Pairs.FirstOrDefault(pair => pair.First == first && pair.Second == second)
        ?? Pairs.FirstOrDefault(pair => pair.First == second && pair.Second == first)?.Reversed();
}

/// <param name="SdTestAccuracy">Sample standard deviation over seeds; 0 with one seed.</param>
public sealed record ModelRank(string Name, int Seeds, double MeanValidationAccuracy, double MeanTestAccuracy, double SdTestAccuracy)
{
    public string Title { get; init; } = "";
    public double SdValidationAccuracy { get; init; }

    /// <summary>True for a model with side information. It never wins if another model finished.</summary>
    public bool SideInformation { get; init; }
}

/// <summary>McNemar's test of two models on the same test images.</summary>
/// <param name="OnlyFirstRight">Images that only the first model labels correctly.</param>
/// <param name="OnlySecondRight">Images that only the second model labels correctly.</param>
/// <param name="PValue">Exact two-sided binomial p value.</param>
public sealed record PairTest(string First, string Second, int OnlyFirstRight, int OnlySecondRight, double PValue)
{
    /// <summary><see cref="PValue"/> after Holm's adjustment over all pairs.</summary>
    public double HolmPValue { get; init; }

    /// <summary>The chi-square form with continuity correction.</summary>
    public ChiSquareTest? Corrected { get; init; }

    /// <summary>Test accuracy of the first minus that of the second.</summary>
    public double Difference { get; init; }

    /// <summary>Paired bootstrap 95 % interval of <see cref="Difference"/>.</summary>
    public Interval? DifferenceInterval { get; init; }

    /// <summary>True if the adjusted p value is below <see cref="Verdict.Level"/>.</summary>
    internal bool IsSignificant => HolmPValue < Verdict.Level;

    internal PairTest Reversed() => this with
    {
        First = Second,
        Second = First,
        OnlyFirstRight = OnlySecondRight,
        OnlySecondRight = OnlyFirstRight,
        Difference = -Difference,
        DifferenceInterval = DifferenceInterval is { } interval ? new Interval(-interval.High, -interval.Low) : null,
    };
}
