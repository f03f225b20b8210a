namespace ServerlessFashion.Data;

/// <summary>
/// How many images of each class <see cref="DatasetSplits"/> draws for the sets of a run, known before anything is drawn.
/// </summary>
/// <param name="Train">Images that fit the weights, in label order; with folds, those of all folds.</param>
/// <param name="Validation">Validation images; with folds, those of the fold that has the fewest of each class.</param>
/// <param name="HeldOutTest">Test images that are taken from the train part; null where the data set has its own.</param>
public sealed record SplitCounts(IReadOnlyList<int> Train, IReadOnlyList<int> Validation, IReadOnlyList<int>? HeldOutTest)
{
    /// <summary>The counts for a data set with these images of each class in its train part.</summary>
    public static SplitCounts Of(IReadOnlyList<int> trainPerClass, SplitSettings settings)
    {
        int[] all = [.. trainPerClass];
        var test = settings.Split == DatasetSplit.HeldOut ? Share(all, settings.TestShare) : null;
        int[] others = test is null ? all : Without(all, test);
        if (settings.Folds is { } folds)
        {
            var pool = Limit(others, settings.FoldsLimit);
            return new SplitCounts(pool, Array.ConvertAll(pool, count => count / folds), test);
        }

        var validation = Share(others, settings.ValidationShare);
        return new SplitCounts(
            Limit(Without(others, validation), settings.TrainLimit), Limit(validation, settings.ValidationLimit), test);
    }

    private static int[] Share(int[] counts, double share)
    {
        var size = DatasetSplits.SizeOf(share, counts.Sum());
        return size < 1 ? new int[counts.Length] : DatasetSplits.Quotas(counts, size);
    }

    private static int[] Limit(int[] counts, int? limit) =>
        limit is { } most && most < counts.Sum() ? DatasetSplits.Quotas(counts, most) : counts;

    private static int[] Without(int[] counts, int[] taken) => [.. counts.Zip(taken, (count, part) => count - part)];
}
