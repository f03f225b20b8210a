using ServerlessFashion.Registry;

namespace ServerlessFashion.Application;

/// <summary>What a user can ask about models and the champion, in the storage of this process or at a server.</summary>
public interface IModelService
{
    /// <summary>All models that can be served, by run, model and seed.</summary>
    Task<IReadOnlyList<ModelVersion>> ListAllAsync(CancellationToken cancellation);

    /// <summary>The champion; null before the first.</summary>
    /// <param name="dataset">Name of its data set; null for Fashion-MNIST.</param>
    Task<Champion?> FindChampionAsync(string? dataset, CancellationToken cancellation);

    /// <summary>
    /// Makes a run's model the champion; with several seeds, the best on validation. If it is already the champion, nothing changes.
    /// </summary>
    /// <exception cref="InvalidInputException">The run has no such model that can be served.</exception>
    Task<Champion> PromoteAsync(string runId, string model, CancellationToken cancellation);

    /// <inheritdoc cref="RollBackChampion.RollBackAsync"/>
    Task<Champion> RollBackAsync(string? dataset, CancellationToken cancellation);

    /// <inheritdoc cref="ExportModel.OpenAsync"/>
    Task<ModelPackage> OpenPackageAsync(string model, CancellationToken cancellation);
}

/// <summary>Models in the storage of this process, for the command line.</summary>
internal sealed class ModelService(
    ModelQueries queries, PromoteModel promote, RollBackChampion rollBack, ExportModel export) : IModelService
{
    private const string Reason = "asked for on the command line";

    public Task<IReadOnlyList<ModelVersion>> ListAllAsync(CancellationToken cancellation) => queries.ListAllAsync(cancellation);

    public Task<Champion?> FindChampionAsync(string? dataset, CancellationToken cancellation) =>
        queries.FindChampionAsync(dataset, cancellation);

    public Task<Champion> PromoteAsync(string runId, string model, CancellationToken cancellation) =>
        promote.PromoteAsync(runId, model, Reason, cancellation);

    public Task<Champion> RollBackAsync(string? dataset, CancellationToken cancellation) =>
        rollBack.RollBackAsync(dataset, cancellation);

    public Task<ModelPackage> OpenPackageAsync(string model, CancellationToken cancellation) => export.OpenAsync(model, cancellation);
}
