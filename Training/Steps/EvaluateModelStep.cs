using System.Globalization;
using Azure.Storage.Blobs;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Telemetry;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training.Steps;

/// <summary>
/// Measures the weights of the best epoch on all three sets, and writes <c>model.safetensors</c>, <c>model.onnx</c>,
/// <c>predictions.csv</c> and, last, <c>evaluation.json</c>. The step is done if that file exists. The step ends a training, so it
/// also deletes the checkpoints that no pointer names.
/// </summary>
public sealed class EvaluateModelStep(
    FashionStorage storage, RunDefinitions definitions, RunFolders folders, RunLocks locks, TrainingInputs inputs,
    IProgress<TrainingProgress> progress, TimeProvider time)
    : IStepHandler<TrainingId, EvaluatedModel>
{
    private readonly BlobContainerClient _blobs = storage.Container(StorageNames.Runs);

    public async Task<EvaluatedModel> RunAsync(TrainingId request, CancellationToken cancellation)
    {
        var path = StorageNames.TrainingFolder(request.RunId, request.Model, request.Seed);
        await using var only = await locks.AcquireAsync(request.RunId, request.Model, request.Seed, cancellation);
        var folder = folders.Of(request.RunId);
        var evaluation = await folder.FindEvaluationAsync(request.Model, request.Seed, cancellation)
            ?? await EvaluateAsync(request, path, folder, cancellation);
        // Also when the evaluation was there: its writer may have died before this line.
        await folders.CheckpointsOf(request.RunId, request.Model, request.Seed).DeleteOrphansAsync(cancellation);
        return new EvaluatedModel(request.Model, request.Seed, evaluation.Validation.Accuracy, evaluation.Test.Accuracy);
    }

    private async Task<ModelEvaluation> EvaluateAsync(TrainingId request, string path, RunFolder folder, CancellationToken cancellation)
    {
        var run = await definitions.GetAsync(request.RunId, cancellation);
        var checkpoints = folders.CheckpointsOf(request.RunId, request.Model, request.Seed);
        var faults = new List<string>();
        var pointer = await checkpoints.FindWholeAsync(faults.Add, cancellation);
        if (pointer is null || faults.Count > 0)
        {
            // The state before a damaged one is not the end of the training.
            throw NotTrained(request, faults);
        }

        await using var latest = await checkpoints.OpenAsync(pointer.Latest, cancellation);
        var header = CheckpointFile.ReadHeader(latest);
        var history = header.History;
        var input = await inputs.LoadAsync(request.RunId, run, request.Model, request.Seed, header, cancellation);
        var environment = MachineEnvironment.Describe(TorchLibrary.Version, input.ComputesOn.Description);
        await folder.AddEnvironmentAsync(request.Model, request.Seed, environment, cancellation);
        using var occupied = TrainingTelemetry.OccupyDevice(input.ComputesOn.Kind, time);
        progress.Report(new TrainingProgress(
            request.Model, request.Seed, "evaluating", history.Count, history.Count, 0, 1, double.NaN, double.NaN, null));

        await using var best = await checkpoints.OpenAsync(pointer.Best, cancellation);
        var evaluation = ModelEvaluator.Evaluate(input, best, history, cancellation);

        // Read again rather than kept: up to 200 MB that nothing needs in between.
        await using var again = await checkpoints.OpenAsync(pointer.Best, cancellation);
        var fileBytes = await ExportAsync(path, request, run, input, ModelEvaluator.ReadWeights(again), cancellation);
        evaluation = evaluation with { FileBytes = fileBytes };
        await UploadAsync(path + "predictions.csv", stream => TestPredictions.Write(evaluation.TestScores, stream), cancellation);
        if (run.Configuration.Votes(request.Model))
        {
            await folder.PutTrainScoresAsync(evaluation, cancellation);
        }

        await folder.PutEvaluationAsync(evaluation, cancellation);
        return evaluation;
    }

    private static InvalidInputException NotTrained(TrainingId request, List<string> faults) => new(faults is []
        ? $"model: {request.Model}, seed {request.Seed} of run {request.RunId} was not trained."
        : $"{string.Join("; ", faults)}; resume the run to train {request.Model} again from the newest whole checkpoint.");

    /// <summary>Size of <c>model.onnx</c> in bytes.</summary>
    private async Task<long> ExportAsync(
        string path, TrainingId request, RunDefinition run, TrainingRequest input, IReadOnlyDictionary<string, WeightTensor> weights,
            CancellationToken cancellation)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{request.RunId}/{request.Model}/seed-{request.Seed}");
        var metadata = new OnnxMetadata(id, request.RunId, input.Classes.Names, input.Data.Sha256) { Dataset = run.Dataset }.ToEntries();
        await UploadAsync(path + "model.safetensors", stream => SafetensorsWriter.Write(stream, metadata, weights), cancellation);
        await UploadAsync(
            path + "model.onnx", stream => OnnxModel.Write(input.Spec, input.Classes, weights, metadata, stream), cancellation);
        return (await _blobs.GetBlobClient(path + "model.onnx").GetPropertiesAsync(cancellationToken: cancellation)).Value.ContentLength;
    }

    private async Task UploadAsync(string path, Action<Stream> write, CancellationToken cancellation)
    {
        await using var stream = await _blobs.GetBlobClient(path).OpenWriteAsync(overwrite: true, cancellationToken: cancellation);
        write(stream);
    }
}
