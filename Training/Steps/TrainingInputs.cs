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
    /// <exception cref="InvalidInputException">
    /// The run's data was not prepared, the data or the device is unusable, or the ImageNet weights of the model are missing.
    /// </exception>
    internal async Task<TrainingRequest> LoadAsync(
        string runId, RunDefinition run, string model, int seed, CheckpointHeader? checkpoint, CancellationToken cancellation)
    {
        var known = ConfigurationOf(runId, run, model).Name;
        var start = StartWeights.Of(run, run.SpecOf(known), await PreparedAsync(runId, cancellation));
        var request = await LoadDataAsync(runId, run, model, seed, checkpoint, cancellation);
        return request with
        {
            // A checkpoint has the weights, and a file of 100 MB need not be read again.
            ImageNet = checkpoint is null ? await start.LoadAsync(storage, cancellation) : null,
            WeightsNote = start.Note,
        };
    }

    /// <summary>The same at the start of a training for a measurement, in which the values of the weights do not matter.</summary>
    internal async Task<TrainingRequest> LoadWithoutWeightsAsync(
        string runId, RunDefinition run, string model, int seed, CancellationToken cancellation)
    {
        await PreparedAsync(runId, cancellation);
        return await LoadDataAsync(runId, run, model, seed, checkpoint: null, cancellation);
    }

    private async Task<TrainingRequest> LoadDataAsync(
        string runId, RunDefinition run, string model, int seed, CheckpointHeader? checkpoint, CancellationToken cancellation)
    {
        var device = devices.Open(run.Configuration.Device, checkpoint is null ? null : TrainingDevice.KindOf(checkpoint.Device));
        var configuration = ConfigurationOf(runId, run, model);
        var folder = folders.Of(runId);
        var data = await images.LoadAsync(run, (await folder.GetSplitAsync(cancellation)).OfTraining(seed), cancellation);
        var spec = run.SpecOf(model);
        return new TrainingRequest(
            spec, configuration, run.Labels, Limit(data, configuration, run.Configuration.SplitSeed),
            seed, run.Configuration.ThreadsPerTraining, ImageNet: null, WeightsNote: "",
            JsonSerializer.Serialize(run.Configuration.OfTraining(model), Json.Compact), device)
        {
            HasClassWeights = run.Configuration.ClassWeights is true,
        };
    }

    private static TrainingData Limit(TrainingData data, ModelConfiguration configuration, int splitSeed) =>
        configuration.TrainLimit is { } limit && limit < data.Train.Count
            ? data with { Train = data.Train.Select(DatasetSplits.StratifiedSubset(data.Train.Labels, limit, splitSeed)) }
            : data;

    private async Task<PreparedData> PreparedAsync(string runId, CancellationToken cancellation) =>
        await folders.Of(runId).FindPreparedDataAsync(cancellation)
        ?? throw new InvalidInputException($"run: {runId} has no prepared data.");
}
