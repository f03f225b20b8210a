namespace ServerlessFashion.Data;

/// <summary>Deals images to folds.</summary>
public static class StratifiedFolds
{
    /// <summary>
    /// Deals the rows like cards, class after class, each class in random order. Every row is in one fold. The folds have equally many
    /// images of each class to within one, and equally many images to within one. scikit-learn's StratifiedKFold gives its folds the same
    /// counts.
    /// </summary>
    /// <param name="rows">The rows to deal.</param>
    /// <param name="labels">The label of each of <paramref name="rows"/>, in their order.</param>
    /// <returns>The rows of each fold, ascending. The same arguments always give the same folds.</returns>
    public static IReadOnlyList<int[]> Deal(IReadOnlyList<int> rows, ReadOnlySpan<byte> labels, int folds, int seed)
    {
        var dealt = Enumerable.Range(0, folds).Select(_ => new List<int>()).ToArray();
        var random = new SplitMix64(unchecked((ulong)seed));
        var next = 0;
        foreach (var ofLabel in DatasetSplits.RowsByLabel(labels))
        {
            var shuffled = ofLabel.ToArray();
            random.Shuffle(shuffled);
            foreach (var position in shuffled)
            {
                dealt[next++ % folds].Add(rows[position]);
            }
        }

        return [.. dealt.Select(fold => fold.Order().ToArray())];
    }
}
