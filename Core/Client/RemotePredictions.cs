using ServerlessFashion.Application;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Registry;

namespace ServerlessFashion.Client;

/// <summary>
/// Predictions by a server. This process reads the files and prepares the pictures, and the server classifies their images. So every
/// format and every size can be predicted, with the same rows, warnings and errors as without a server.
/// </summary>
internal sealed class RemotePredictions(
    ServerConnection server, RemoteComparisons comparisons, RemoteModels models, BatchPredictor batches, TimeProvider time)
    : IPredictionService
{
    public async Task<PredictionModel> OpenAsync(string model, CancellationToken cancellation)
    {
        var version = await FindAsync(model, cancellation);
        var classifier = new RemoteClassifier(server, version, await FindDatasetAsync(version, cancellation));
        return new PredictionModel(new LoadedModel(version.Id, classifier, lease: classifier, batches, time));
    }

    /// <summary>
    /// The data set of a model, as its run has it: the registered set may have been replaced or removed since. Null for Fashion-MNIST.
    /// </summary>
    private async Task<DatasetDescription?> FindDatasetAsync(ModelVersion version, CancellationToken cancellation) =>
        version.Dataset is not { } name ? null
        : (await comparisons.GetAsync(version.RunId, cancellation)).Dataset ?? throw new InvalidInputException(
            $"server: its version does not tell clients how to prepare pictures for {name}; update the server, or send the file to "
            + $"POST /api/predictions?model={version.Id}.");

    private async Task<ModelVersion> FindAsync(string model, CancellationToken cancellation)
    {
        if (RemoteModels.IsChampion(model, out var dataset))
        {
            return await models.GetChampionAsync(dataset, cancellation);
        }

        if (model.Split('/') is not [{ Length: > 0 } run, { Length: > 0 } name, .. var rest] || rest.Length > 1)
        {
            throw new InvalidInputException(
                $"model: expected {PredictImages.Champion}, RUN/MODEL or RUN/MODEL/seed-N, found '{model}'.");
        }

        var id = (await comparisons.GetAsync(run, cancellation)).Id;
        var versions = (await models.ListAllAsync(cancellation)).Where(version => version.RunId == id && version.Model == name);
        var asked = rest is [var seed] ? versions.Where(version => $"seed-{version.Seed}" == seed) : versions;
        return asked.MaxBy(version => version.ValidationAccuracy) ?? throw new InvalidInputException(
            $"model: run '{id}' has no trained model '{string.Join('/', [name, .. rest])}'; `fashion models` lists what can be served.");
    }
}
