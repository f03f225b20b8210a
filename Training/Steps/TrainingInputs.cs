using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;
using ServerlessFashion.Storage;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training.Steps;

/// <summary>Reads the inputs of one training from storage.</summary>
public sealed class TrainingInputs(FashionStorage storage, RunFolders folders, RunImages images, TrainingDevices devices)
{
    internal static ModelConfiguration ConfigurationOf(string runId, RunDefinition run, string model) =>
        run.Configuration.Models.FirstOrDefault(configuration => configuration.Name == model)
        ?? throw new InvalidInputException($"model: run {runId} has no model '{model}'.");

    /// <param name="checkpoint">The checkpoint to continue from, whose device the training keeps; null at its start.</param>
    /// <exception cref="InvalidInputException">The run's data was not prepared, or the data or the device is unusable.</exception>
    internal async Task<TrainingRequest> LoadAsync(
        string runId, RunDefinition run, string model, int seed, CheckpointHeader? checkpoint, CancellationToken cancellation)
    {
        var device = devices.Open(run.Configuration.Device, checkpoint is null ? null : TrainingDevice.KindOf(checkpoint.Device));
        var configuration = ConfigurationOf(runId, run, model);
        var folder = folders.Of(runId);
        var prepared = await folder.FindPreparedDataAsync(cancellation)
            ?? throw new InvalidInputException($"run: {runId} has no prepared data.");
        var data = await images.LoadAsync(run, (await folder.GetSplitAsync(cancellation)).OfTraining(seed), cancellation);
        var spec = run.SpecOf(model);
        var (weights, note) = await LoadWeightsAsync(spec, prepared, cancellation);
        return new TrainingRequest(
            spec, configuration, run.Labels, Limit(data, configuration, run.Configuration.SplitSeed),
            seed, run.Configuration.ThreadsPerTraining, weights, note,
            JsonSerializer.Serialize(run.Configuration.OfTraining(model), Json.Compact), device)
        {
            HasClassWeights = run.Configuration.ClassWeights is true,
        };
    }

    private static TrainingData Limit(TrainingData data, ModelConfiguration configuration, int splitSeed) =>
        configuration.TrainLimit is { } limit && limit < data.Train.Count
            ? data with { Train = data.Train.Select(DatasetSplits.StratifiedSubset(data.Train.Labels, limit, splitSeed)) }
            : data;

    private async Task<(PretrainedWeights? Weights, string Note)> LoadWeightsAsync(
        ModelSpec spec, PreparedData prepared, CancellationToken cancellation)
    {
        if (!spec.IsPretrained)
        {
            return (null, "Glorot uniform");
        }

        if (prepared.ImageNetWeightsBlob is null)
        {
            return (null, prepared.ImageNetWeightsNote ?? "random (ImageNet weights unavailable)");
        }

        var file = Path.GetTempFileName();
        try
        {
            await storage.Container(StorageNames.Datasets).GetBlobClient(prepared.ImageNetWeightsBlob).DownloadToAsync(file, cancellation);
            return (PretrainedWeights.ReadPth(file), prepared.ImageNetWeightsNote!);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
