namespace ServerlessFashion.Search;

/// <summary>What became of a trial.</summary>
/// <param name="Epochs">Epochs that it has trained.</param>
/// <param name="ValidationAccuracy">The best of them; null if it has trained none.</param>
public sealed record TrialResult(Trial Trial, int Epochs, double? ValidationAccuracy);
