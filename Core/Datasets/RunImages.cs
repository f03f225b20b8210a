using ServerlessFashion.Data;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Datasets;

/// <summary>The images of runs: those of Fashion-MNIST, or of the registered data set that a run was made for.</summary>
public sealed class RunImages(DatasetStore fashionMnist, RegisteredSets sets)
{
    /// <summary>Assigns the images of the run's data set to its three sets.</summary>
    /// <exception cref="InvalidInputException">The data set is not the one that the run was made for, or is too small.</exception>
    public async Task<SplitIndices> ChooseAsync(RunDefinition run, CancellationToken cancellation)
    {
        var settings = run.Configuration.ToSplitSettings();
        if (await FindSetAsync(run, cancellation) is { } set)
        {
            return DatasetSplits.Choose(
                await sets.ReadLabelsAsync(set, DatasetPart.Train, cancellation),
                await sets.ReadLabelsAsync(set, DatasetPart.Test, cancellation),
                settings);
        }

        return DatasetSplits.Choose(await LoadFashionMnistAsync(run, cancellation), settings);
    }

    /// <summary>Reads the images of the three sets. Their ids are the rows of <paramref name="split"/>.</summary>
    /// <inheritdoc cref="ChooseAsync"/>
    public async Task<TrainingData> LoadAsync(RunDefinition run, SplitIndices split, CancellationToken cancellation) =>
        await FindSetAsync(run, cancellation) is { } set
            ? new TrainingData(
                await ReadAsync(set, DatasetPart.Train, split.Train, cancellation),
                await ReadAsync(set, DatasetPart.Train, split.Validation, cancellation),
                await ReadAsync(set, TestPartOf(split), split.Test, cancellation),
                set.Sha256)
            : DatasetSplits.Materialise(await LoadFashionMnistAsync(run, cancellation), split);

    /// <summary>Reads the images of the test set.</summary>
    /// <inheritdoc cref="LoadAsync"/>
    public async Task<LabelledImages> LoadTestAsync(RunDefinition run, SplitIndices split, CancellationToken cancellation) =>
        await FindSetAsync(run, cancellation) is { } set
            ? await ReadAsync(set, TestPartOf(split), split.Test, cancellation)
            : DatasetSplits.Materialise(await LoadFashionMnistAsync(run, cancellation), split with { Train = [], Validation = [] }).Test;

    /// <summary>The same for a run that has ended, whose data set may have been removed or replaced since.</summary>
    /// <returns>The images; or none, and the reason as a sentence.</returns>
    public async Task<(LabelledImages Images, string? Missing)> FindTestAsync(
        RunDefinition run, SplitIndices split, CancellationToken cancellation)
    {
        if (run.Dataset is { } own && await sets.FindAsync(own.Name, cancellation) is var set && set?.Sha256 != run.DataSha256)
        {
            var none = new LabelledImages([], [], [], []) { Shape = new ImageShape(own.Side, own.Channels) };
            return (none, $"The data set {own.Name} has been {(set is null ? "removed" : "replaced")} since the run.");
        }

        return (await LoadTestAsync(run, split, cancellation), null);
    }

    private static DatasetPart TestPartOf(SplitIndices split) =>
        split.Split == DatasetSplit.HeldOut ? DatasetPart.Train : DatasetPart.Test;

    private async Task<FashionMnist> LoadFashionMnistAsync(RunDefinition run, CancellationToken cancellation)
    {
        var data = await fashionMnist.LoadAsync(cancellation);
        run.RequireSameData(data.Sha256);
        return data;
    }

    /// <summary>The registered set of the run; null for Fashion-MNIST.</summary>
    private async Task<DatasetDescription?> FindSetAsync(RunDefinition run, CancellationToken cancellation)
    {
        if (run.Dataset is not { } own)
        {
            return null;
        }

        var set = await sets.GetAsync(own.Name, cancellation);
        run.RequireSameData(set.Sha256);
        return set;
    }

    private async Task<LabelledImages> ReadAsync(DatasetDescription set, DatasetPart part, int[] rows, CancellationToken cancellation)
    {
        var all = await sets.ReadLabelsAsync(set, part, cancellation);
        if (Array.Exists(rows, row => row < 0 || row >= all.Length))
        {
            throw new InvalidInputException($"split: expected rows 0..{all.Length - 1} of {set.Name}, found others.");
        }

        var labels = Array.ConvertAll(rows, row => all[row]);
        return new LabelledImages(await sets.ReadImagesAsync(set, part, rows, cancellation), labels, labels, rows)
        {
            Shape = new ImageShape(set.Side, set.Channels),
        };
    }
}
