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
        if (version.Dataset is { } dataset)
        {
            throw new InvalidInputException(
                $"model: {version.Id} knows {dataset}, and a client prepares pictures for {DatasetDescription.FashionMnistName} only; send "
                + $"the file to POST /api/predictions?model={version.Id}.");
        }

        var classifier = new RemoteClassifier(server, version);
        return new PredictionModel(new LoadedModel(version.Id, classifier, lease: classifier, batches, time));
    }

    private async Task<ModelVersion> FindAsync(string model, CancellationToken cancellation)
    {
        if (model == PredictImages.Champion || model.StartsWith($"{PredictImages.Champion}@", StringComparison.Ordinal))
        {
            var dataset = model == PredictImages.Champion ? null : model[(PredictImages.Champion.Length + 1)..];
            return await models.FindChampionVersionAsync(dataset, cancellation) ?? throw new InvalidInputException(
                dataset is null
                    ? "model: there is no champion yet; run `fashion compare`, or name a model as RUN/MODEL."
                    : $"model: there is no champion of {dataset} yet; run `fashion compare --dataset {dataset}`, or name a model as "
                        + "RUN/MODEL.");
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
