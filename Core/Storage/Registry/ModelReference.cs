using System.Globalization;
using ServerlessFashion.Registry;

namespace ServerlessFashion.Storage.Registry;

/// <summary>Parses the names that users give to models that can be served.</summary>
public static class ModelReference
{
    public const string Champion = "champion";

    private const string SeedPrefix = "seed-";

    /// <summary>
    /// Finds the version that <paramref name="text"/> names: <c>champion</c>, <c>RUN/MODEL</c> for its best seed, or
    /// <c>RUN/MODEL/seed-N</c>.
    /// </summary>
    /// <exception cref="InvalidInputException">The text names no version.</exception>
    public static async Task<ModelVersion> FindAsync(ModelRegistry registry, string text, CancellationToken cancellation)
    {
        if (text == Champion)
        {
            var champion = await registry.FindChampionAsync(cancellation)
                ?? throw new InvalidInputException("model: there is no champion yet; run `fashion compare`, or name a model as RUN/MODEL.");
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

    private static int? Seed(string text) =>
        text.StartsWith(SeedPrefix, StringComparison.Ordinal)
            && int.TryParse(text[SeedPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : null;
}
