namespace ServerlessFashion.Data;

/// <summary>
/// Assigns images to the three sets. Rows are numbered as in the competition files: 0-based within the split's training images
/// (train and validation together) and within its test images.
/// </summary>
public static class DatasetSplits
{
    /// <summary>
    /// Draws the validation set, or the folds, and the subsets that <paramref name="settings"/> request. Every draw is stratified: it keeps
    /// the label shares to within one image. The same settings always give the same rows, the sets are disjoint, and rows ascend.
    /// </summary>
    /// <exception cref="InvalidInputException">The validation share or a limit is invalid. The message names it.</exception>
    public static SplitIndices Choose(FashionMnist data, SplitSettings settings)
    {
        var layout = SplitLayout.Of(data, settings.Split);
        return Choose(
            Labels(data, layout.FirstTrain, layout.TrainCount, settings.Labels),
            Labels(data, layout.FirstTest, layout.TestCount, settings.Labels),
            settings);
    }

    /// <summary>The same for any data set. With <see cref="DatasetSplit.HeldOut"/>, the test set is drawn first.</summary>
    /// <param name="trainLabels">The labels of the train part.</param>
    /// <param name="testLabels">The labels of the test part; not used with <see cref="DatasetSplit.HeldOut"/>.</param>
    /// <inheritdoc cref="Choose(FashionMnist, SplitSettings)"/>
    public static SplitIndices Choose(byte[] trainLabels, byte[] testLabels, SplitSettings settings)
    {
        var seed = settings.Seed;
        int[] all = [.. Enumerable.Range(0, trainLabels.Length)];
        var isHeldOut = settings.Split == DatasetSplit.HeldOut;
        int[] test = isHeldOut ? Draw(all, trainLabels, settings.TestShare, seed, "testShare")
            : [.. Enumerable.Range(0, testLabels.Length)];
        int[] others = isHeldOut ? [.. all.Except(test)] : all;
        var limitedTest = Limit(test, isHeldOut ? trainLabels : testLabels, settings.TestLimit, seed, "testLimit");
        if (settings.Folds is { } folds)
        {
            var pool = Limit(others, trainLabels, settings.FoldsLimit, seed, "trainLimit");
            return new(settings.Labels, settings.Split, seed, pool, [], limitedTest)
            {
                Folds = StratifiedFolds.Deal(pool, Array.ConvertAll(pool, row => trainLabels[row]), folds, seed),
            };
        }

        var validation = Draw(others, trainLabels, settings.ValidationShare, seed, "validationShare");
        return new(
            settings.Labels,
            settings.Split,
            seed,
            Limit([.. others.Except(validation)], trainLabels, settings.TrainLimit, seed, "trainLimit"),
            Limit(validation, trainLabels, settings.ValidationLimit, seed, "validationLimit"),
            limitedTest);
    }

    /// <summary>Copies the images of the three sets. Their ids are the rows of <paramref name="split"/>.</summary>
    /// <exception cref="InvalidInputException">A row lies outside the split.</exception>
    public static TrainingData Materialise(FashionMnist data, SplitIndices split)
    {
        var layout = SplitLayout.Of(data, split.Split);
        return new(
            Gather(data, layout.FirstTrain, layout.TrainCount, split.Train, split.Labels),
            Gather(data, layout.FirstTrain, layout.TrainCount, split.Validation, split.Labels),
            Gather(data, layout.FirstTest, layout.TestCount, split.Test, split.Labels),
            data.Sha256);
    }

    /// <summary>
    /// Draws <paramref name="size"/> of the rows of <paramref name="labels"/> so that every label keeps its share to within one
    /// image (largest remainder method, ties to the lower label).
    /// </summary>
    /// <returns>The chosen rows in ascending order. All rows if <paramref name="size"/> is at least their number.</returns>
    /// <exception cref="InvalidInputException"><paramref name="size"/> is not positive.</exception>
    public static IReadOnlyList<int> StratifiedSubset(ReadOnlySpan<byte> labels, int size, int seed)
    {
        if (size < 1)
        {
            throw new InvalidInputException($"subset size: expected at least 1 image, found {size}.");
        }

        if (size >= labels.Length)
        {
            return Enumerable.Range(0, labels.Length).ToArray();
        }

        var rows = RowsByLabel(labels);
        var quotas = Quotas(Array.ConvertAll(rows, ofLabel => ofLabel.Count), size);
        var random = new SplitMix64(unchecked((ulong)seed));
        var chosen = new List<int>(size);
        for (var label = 0; label < rows.Length; label++)
        {
            var shuffled = rows[label].ToArray();
            random.Shuffle(shuffled);
            chosen.AddRange(shuffled.AsSpan(0, quotas[label]));
        }

        chosen.Sort();
        return chosen;
    }

    internal static List<int>[] RowsByLabel(ReadOnlySpan<byte> labels)
    {
        var classes = 0;
        foreach (var label in labels)
        {
            classes = Math.Max(classes, label + 1);
        }

        var rows = new List<int>[classes];
        for (var label = 0; label < classes; label++)
        {
            rows[label] = [];
        }

        for (var row = 0; row < labels.Length; row++)
        {
            rows[labels[row]].Add(row);
        }

        return rows;
    }

    /// <summary>size x count / total of each label, rounded so that the sum is <paramref name="size"/>.</summary>
    internal static int[] Quotas(int[] counts, int size)
    {
        var total = counts.Sum(count => (long)count);
        var quotas = Array.ConvertAll(counts, count => (int)((long)count * size / total));
        var roundedUp = Enumerable.Range(0, counts.Length)
            .OrderByDescending(label => (long)counts[label] * size % total)
            .Take(size - quotas.Sum());
        foreach (var label in roundedUp)
        {
            quotas[label]++;
        }

        return quotas;
    }

    /// <summary>A stratified share of <paramref name="rows"/> that leaves images on both sides.</summary>
    private static int[] Draw(int[] rows, byte[] labels, double share, int seed, string option)
    {
        var size = SizeOf(share, rows.Length);
        return double.IsNaN(share) || size < 1 || size >= rows.Length
            ? throw new InvalidInputException(
                $"{option}: expected a share above 0 and below 1 that leaves images on both sides, found {share} of {rows.Length} images.")
            : Limit(rows, labels, size, seed, option);
    }

    internal static int SizeOf(double share, int images) => (int)Math.Round(share * images);

    private static int[] Limit(int[] rows, byte[] labels, int? limit, int seed, string option)
    {
        if (limit is < 1)
        {
            throw new InvalidInputException($"{option}: expected at least 1 image, found {limit}.");
        }

        var labelsOfRows = Array.ConvertAll(rows, row => labels[row]);
        return [.. StratifiedSubset(labelsOfRows, limit ?? rows.Length, seed).Select(position => rows[position])];
    }

    private static byte[] Labels(FashionMnist data, int first, int count, LabelScheme scheme)
    {
        var labels = new byte[count];
        for (var row = 0; row < count; row++)
        {
            labels[row] = data.Label(first + row, scheme);
        }

        return labels;
    }

    private static LabelledImages Gather(FashionMnist data, int first, int count, int[] rows, LabelScheme scheme)
    {
        var images = new LabelledImages(
            new byte[rows.Length * FashionMnist.PixelsPerImage], new byte[rows.Length], new byte[rows.Length], [.. rows]);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            if (row < 0 || row >= count)
            {
                throw new InvalidInputException($"split: expected rows 0..{count - 1}, found {row}.");
            }

            data.Image(first + row).CopyTo(images.Pixels.AsSpan(i * FashionMnist.PixelsPerImage));
            images.Garments[i] = data.Garment(first + row);
            images.Labels[i] = data.Label(first + row, scheme);
        }

        return images;
    }
}
