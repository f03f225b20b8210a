using System.Text.Json;
using ServerlessFashion.Models;
using ServerlessFashion.Phrases;
using ServerlessFashion.Serialization;
using ServerlessFashion.Specs;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Application;

/// <summary>The models that a run can train: the built-in ones, and those that users added from files.</summary>
public interface ISpecService
{
    /// <summary>All models: the built-in ones, then those of users by name.</summary>
    Task<IReadOnlyList<SpecSummary>> ListAsync(CancellationToken cancellation);

    /// <exception cref="RefusedException">There is no such model.</exception>
    Task<ModelSpec> GetAsync(string name, CancellationToken cancellation);

    /// <summary>Stores a model of a user. The same model a second time changes nothing.</summary>
    /// <exception cref="InvalidInputException">The model cannot be trained, or its name is built in.</exception>
    /// <exception cref="RefusedException">Another model has that name.</exception>
    Task AddAsync(ModelSpec spec, CancellationToken cancellation);

    /// <summary>Removes a model of a user. Runs that trained it keep its spec.</summary>
    /// <exception cref="RefusedException">There is no such model, or it is built in.</exception>
    Task RemoveAsync(string name, CancellationToken cancellation);
}

/// <summary>The models in the storage of this process.</summary>
public sealed class SpecService(SpecStore store) : ISpecService
{
    public async Task<IReadOnlyList<SpecSummary>> ListAsync(CancellationToken cancellation)
    {
        var specs = ModelCatalogue.All.Select(SpecSummary.Of).ToList();
        foreach (var name in await store.ListNamesAsync(cancellation))
        {
            if (await store.FindAsync(name, cancellation) is { } spec)
            {
                specs.Add(SpecSummary.Of(spec));
            }
        }

        return specs;
    }

    public async Task<ModelSpec> GetAsync(string name, CancellationToken cancellation) =>
        ModelCatalogue.Find(name) ?? await FindOwnAsync(name, cancellation) ?? throw await RefuseAsync(name, cancellation);

    public async Task AddAsync(ModelSpec spec, CancellationToken cancellation)
    {
        ModelSpecFile.Require(spec);
        if (!await store.TryAddAsync(spec, cancellation)
            && await store.FindAsync(spec.Name, cancellation) is { } stored
            && JsonSerializer.Serialize(stored, Json.Compact) != JsonSerializer.Serialize(spec, Json.Compact))
        {
            throw new RefusedException(
                Refusal.Conflict, $"name: another model is called '{spec.Name}'; remove that one first, or choose another name.");
        }
    }

    public async Task RemoveAsync(string name, CancellationToken cancellation)
    {
        if (ModelCatalogue.Find(name) is not null)
        {
            throw new RefusedException(Refusal.Conflict, $"model: '{name}' is built in and cannot be removed.");
        }

        if (!SpecNames.IsValid(name) || !await store.RemoveAsync(name, cancellation))
        {
            throw await RefuseAsync(name, cancellation);
        }
    }

    /// <summary>The model of a user; null if there is none.</summary>
    internal async Task<ModelSpec?> FindOwnAsync(string name, CancellationToken cancellation) =>
        SpecNames.IsValid(name) ? await store.FindAsync(name, cancellation) : null;

    /// <summary>The names of all models.</summary>
    internal async Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellation) =>
        [.. ModelCatalogue.All.Select(spec => spec.Name), .. await store.ListNamesAsync(cancellation)];

    private async Task<RefusedException> RefuseAsync(string name, CancellationToken cancellation) => new(
        Refusal.NotFound, UnknownName.Refuse("model", name, "model", await ListNamesAsync(cancellation)).Message);
}
