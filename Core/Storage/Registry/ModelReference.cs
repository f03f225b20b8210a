using System.Globalization;
using ServerlessFashion.Data;
using ServerlessFashion.Registry;

namespace ServerlessFashion.Storage.Registry;

/// <summary>Parses the names that users give to models that can be served.</summary>
public static class ModelReference
{
    public const string Champion = "champion";

    private const string OfDataset = Champion + "@";
    private const string SeedPrefix = "seed-";

    /// <summary>
    /// Finds the version that <paramref name="text"/> names: <c>champion</c>, <c>champion@NAME</c> for that of a data set,
    /// <c>RUN/MODEL</c> for its best seed, or <c>RUN/MODEL/seed-N</c>.
    /// </summary>
    /// <exception cref="InvalidInputException">The text names no version.</exception>
    public static async Task<ModelVersion> FindAsync(ModelRegistry registry, string text, CancellationToken cancellation)
    {
        if (DatasetOf(text) is { } dataset)
        {
            var champion = await registry.Of(dataset).FindChampionAsync(cancellation) ?? throw NoChampion(dataset);
            return await registry.GetAsync(champion.RunId, champion.Model, champion.Seed, cancellation);
        }

        return text.Split('/') switch
        {
            [{ Length: > 0 } run, { Length: > 0 } model] => await registry.GetBestAsync(run, model, cancellation),
            [{ Length: > 0 } run, { Length: > 0 } model, var last] when Seed(last) is { } seed =>
                await registry.GetAsync(run, model, seed, cancellation),
            _ => throw new InvalidInputException($"model: expected {Champion}, RUN/MODEL or RUN/MODEL/{SeedPrefix}N, found '{text}'."),
        };
    }

    /// <summary>The reference to the champion of a data set.</summary>
    /// <param name="dataset">Name of the data set; null for Fashion-MNIST.</param>
    public static string ChampionOf(string? dataset) =>
        dataset is null or DatasetDescription.FashionMnistName ? Champion : OfDataset + dataset;

    /// <summary>The data set whose champion a reference means; null for a reference to another model.</summary>
    public static string? DatasetOf(string text) =>
        text == Champion ? DatasetDescription.FashionMnistName
        : text.StartsWith(OfDataset, StringComparison.Ordinal) && text[OfDataset.Length..] is var name && DatasetDescription.IsName(name)
            ? name
        : null;

    private static InvalidInputException NoChampion(string dataset) => new(dataset == DatasetDescription.FashionMnistName
        ? "model: there is no champion yet; run `fashion compare`, or name a model as RUN/MODEL."
        : $"model: there is no champion of {dataset} yet; run `fashion compare --dataset {dataset}`, or name a model as RUN/MODEL.");

    private static int? Seed(string text) =>
        text.StartsWith(SeedPrefix, StringComparison.Ordinal)
            && int.TryParse(text[SeedPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : null;
}
