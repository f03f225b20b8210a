using ServerlessFashion.Datasets;
using ServerlessFashion.Registry;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Application;

/// <summary>The registered models and the champion.</summary>
public sealed class ModelQueries(ModelRegistry registry, RegisteredSets sets)
{
    private const int PageSize = 1000;

    /// <summary>One page of the models, by run, model and seed.</summary>
    public Task<Page<ModelVersion>> ListAsync(int top, string? continuation, CancellationToken cancellation) =>
        registry.ListAsync(top, continuation, cancellation);

    /// <summary>All models, by run, model and seed.</summary>
    public async Task<IReadOnlyList<ModelVersion>> ListAllAsync(CancellationToken cancellation)
    {
        var models = new List<ModelVersion>();
        string? continuation = null;
        do
        {
            var page = await registry.ListAsync(PageSize, continuation, cancellation);
            models.AddRange(page.Items);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return models;
    }

    /// <summary>The champion; null before the first.</summary>
    /// <param name="dataset">Name of its data set; null for Fashion-MNIST.</param>
    public Task<Champion?> FindChampionAsync(string? dataset, CancellationToken cancellation) =>
        registry.Of(dataset).FindChampionAsync(cancellation);

    /// <summary>The champion.</summary>
    /// <param name="dataset">Name of its data set; null for Fashion-MNIST.</param>
    /// <exception cref="RefusedException">There is none yet, or no such data set is registered; the message says which.</exception>
    public async Task<Champion> GetChampionAsync(string? dataset, CancellationToken cancellation)
    {
        if (await FindChampionAsync(dataset, cancellation) is { } champion)
        {
            return champion;
        }

        try
        {
            // A set that was removed may still have its champion, so the set is looked for only now.
            await sets.RequireAsync(dataset, cancellation);
        }
        catch (InvalidInputException e)
        {
            throw new RefusedException(Refusal.NotFound, e.Message);
        }

        throw new RefusedException(
            Refusal.NotFound,
            $"There is no champion{(dataset is null ? "" : $" of {dataset}")} yet: run a comparison, or name one with PUT.");
    }

    /// <summary>One page of all champions, newest first.</summary>
    /// <param name="dataset">Name of their data set; null for Fashion-MNIST.</param>
    public Task<Page<Champion>> ListPromotionsAsync(string? dataset, int top, string? continuation, CancellationToken cancellation) =>
        registry.Of(dataset).ListPromotionsAsync(top, continuation, cancellation);

    /// <summary>The champion to which <see cref="RollBackChampion"/> returns; null if there is none.</summary>
    /// <param name="dataset">Name of its data set; null for Fashion-MNIST.</param>
    public async Task<Champion?> FindPreviousChampionAsync(string? dataset, CancellationToken cancellation) =>
        (await registry.Of(dataset).ChampionsInReachAsync(cancellation)).Champions.ElementAtOrDefault(1);

    /// <summary>The version that a champion is.</summary>
    /// <exception cref="InvalidInputException">It is not in the registry any more.</exception>
    public Task<ModelVersion> GetVersionAsync(Champion champion, CancellationToken cancellation) =>
        registry.GetAsync(champion.RunId, champion.Model, champion.Seed, cancellation);
}
