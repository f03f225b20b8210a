namespace ServerlessFashion.Storage;

/// <summary>
/// The state of a training: the names of the checkpoint blobs of its latest and its best epoch. The state before it is kept, so that
/// a training can continue from there if a blob is damaged.
/// </summary>
/// <param name="Epoch">Epochs done, counted over all phases.</param>
/// <param name="Latest">Blob to resume from.</param>
/// <param name="Best">Blob with the weights to evaluate; the same as <paramref name="Latest"/> if the latest epoch is the best.</param>
public sealed record CheckpointPointer(int Epoch, int BestEpoch, string Latest, string Best)
{
    /// <summary>SHA-256 of the latest blob in hexadecimal; null in pointers of earlier versions.</summary>
    public string? LatestSha256 { get; init; }

    /// <summary>SHA-256 of the best blob in hexadecimal; null in pointers of earlier versions.</summary>
    public string? BestSha256 { get; init; }

    /// <summary>The pointer before this one, itself without an earlier one; null after the first epoch and after the evaluation.</summary>
    public CheckpointPointer? Previous { get; init; }

    internal IEnumerable<string> Blobs => [.. new[] { Latest, Best }.Concat(Previous?.Blobs ?? []).Distinct()];

    internal bool Names(string blob) => Blobs.Contains(blob);

    internal CheckpointPointer WithoutPrevious() => this with { Previous = null };
}
