namespace ServerlessFashion.Search;

/// <summary>What a trial has shown at the end of a rung.</summary>
/// <param name="Points">A point of the unit interval for each parameter, in the order of the space.</param>
/// <param name="Epochs">The epochs that it had trained.</param>
/// <param name="Accuracy">Its best validation accuracy so far.</param>
public sealed record Observation(IReadOnlyList<double> Points, int Epochs, double Accuracy);
