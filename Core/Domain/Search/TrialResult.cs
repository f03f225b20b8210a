namespace ServerlessFashion.Search;

/// <summary>What became of a trial.</summary>
/// <param name="Epochs">Epochs that it has trained.</param>
/// <param name="ValidationAccuracy">The best of them; null if it has trained none.</param>
public sealed record TrialResult(Trial Trial, int Epochs, double? ValidationAccuracy)
{
    /// <summary>The smallest validation loss among the epochs with that accuracy; null if it has trained none.</summary>
    public double? ValidationLoss { get; init; }
}
