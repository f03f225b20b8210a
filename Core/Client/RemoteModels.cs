using System.Net.Http;
using System.Net.Http.Json;
using ServerlessFashion.Application;
using ServerlessFashion.Client.Documents;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Data;
using ServerlessFashion.Registry;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Client;

/// <summary>Models at a server.</summary>
internal sealed class RemoteModels(ServerConnection server) : IModelService
{
    private const string ChampionPath = "models/champion";

    public async Task<IReadOnlyList<ModelVersion>> ListAllAsync(CancellationToken cancellation) =>
        await server.ReadAllAsync<ModelVersion>("models?top=100", cancellation);

    public async Task<Champion?> FindChampionAsync(string? dataset, CancellationToken cancellation) =>
        (await FindChampionDocumentAsync(dataset, cancellation))?.ToChampion();

    /// <summary>The version that is the champion.</summary>
    /// <param name="dataset">Name of its data set; null for Fashion-MNIST.</param>
    /// <exception cref="InvalidInputException">There is none, or no such data set is registered; the message says which.</exception>
    public async Task<ModelVersion> GetChampionAsync(string? dataset, CancellationToken cancellation)
    {
        if (await FindChampionDocumentAsync(dataset, cancellation) is { } champion)
        {
            return champion.Version;
        }

        if (dataset is null)
        {
            throw new InvalidInputException("model: there is no champion yet; run `fashion compare`, or name a model as RUN/MODEL.");
        }

        await server.GetAsync<DatasetDescription>($"datasets/{Uri.EscapeDataString(dataset)}", cancellation);
        throw new InvalidInputException(
            $"model: there is no champion of {dataset} yet; run `fashion compare --dataset {dataset}`, or name a model as RUN/MODEL.");
    }

    /// <summary>Whether a text means the champion of a data set.</summary>
    /// <param name="dataset">Name of the data set; null for Fashion-MNIST.</param>
    public static bool IsChampion(string model, out string? dataset)
    {
        const string ofDataset = PredictImages.Champion + "@";
        dataset = model.StartsWith(ofDataset, StringComparison.Ordinal) ? model[ofDataset.Length..] : null;
        return dataset is not null || model == PredictImages.Champion;
    }

    public async Task<Champion> PromoteAsync(string runId, string model, CancellationToken cancellation)
    {
        var request = new ServerRequest(HttpMethod.Put, ChampionPath)
        {
            IsRepeatable = true,
            Body = () => JsonContent.Create(new ChampionRequest(runId, model), options: Json.Compact),
        };
        return (await server.SendAsync<ChampionDocument>(request, cancellation)).ToChampion();
    }

    public async Task<Champion> RollBackAsync(string? dataset, CancellationToken cancellation)
    {
        // Sent twice, it would roll back twice.
        var request = new ServerRequest(HttpMethod.Post, $"{ChampionPath}/roll-back{QueryOf(dataset)}");
        return (await server.SendAsync<ChampionDocument>(request, cancellation)).ToChampion();
    }

    public async Task<ModelPackage> OpenPackageAsync(string model, CancellationToken cancellation)
    {
        var id = IsChampion(model, out var dataset) ? (await GetChampionAsync(dataset, cancellation)).Id : model;
        var path = id.Split('/') switch
        {
            [{ Length: > 0 } run, { Length: > 0 } name] => PathOf(run, name),
            [{ Length: > 0 } run, { Length: > 0 } name, ['s', 'e', 'e', 'd', '-', .. var seed]] =>
                $"{PathOf(run, name)}?seed={Uri.EscapeDataString(seed)}",
            _ => throw new InvalidInputException($"model: expected champion, RUN/MODEL or RUN/MODEL/seed-N, found '{model}'."),
        };
        return await server.DownloadAsync(ServerRequest.Get(path), RemotePackage.MediaType, RemotePackage.ReadAsync, cancellation);
    }

    private static string QueryOf(string? dataset) => dataset is null ? "" : $"?dataset={Uri.EscapeDataString(dataset)}";

    private static string PathOf(string run, string model) =>
        $"comparisons/{Uri.EscapeDataString(run)}/models/{Uri.EscapeDataString(model)}/export";

    private async Task<ChampionDocument?> FindChampionDocumentAsync(string? dataset, CancellationToken cancellation)
    {
        try
        {
            return await server.GetAsync<ChampionDocument>(ChampionPath + QueryOf(dataset), cancellation);
        }
        catch (RefusedException e) when (e.Reason == Refusal.NotFound)
        {
            return null;
        }
    }
}
