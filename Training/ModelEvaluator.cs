using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>Measures a trained model on all three sets, in evaluation mode.</summary>
public static class ModelEvaluator
{
    /// <summary>Evaluates the weights of the best epoch.</summary>
    /// <param name="bestCheckpoint">The checkpoint of the epoch with the best validation accuracy.</param>
    /// <param name="history">The rows of all epochs, from the last checkpoint.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <exception cref="InvalidInputException">The file is not a checkpoint of this training's best epoch.</exception>
    public static ModelEvaluation Evaluate(
        TrainingRequest request, Stream bestCheckpoint, IReadOnlyList<EpochRow> history, CancellationToken cancellation)
    {
        set_num_threads(request.Threads);
        var reader = SafetensorsReader.Open(bestCheckpoint, CheckpointFile.Name);
        var header = CheckpointFile.ReadHeader(reader);
        CheckpointFile.RequireSameTraining(header, request);
        var plan = ModelPlan.Of(request.Spec, request.Classes);
        using var network = Network.Create(
            plan, reader.ReadTensors(CheckpointFile.IsNetworkWeight), CheckpointFile.Name, request.ComputesOn.Torch);

        // The first pass warms up; the test set is timed after it.
        var (trainScore, trainLogits) = Score(network, plan, request.Data.Train, request.ComputesOn, cancellation);
        var (validationScore, validationLogits) = Score(network, plan, request.Data.Validation, request.ComputesOn, cancellation);
        var started = request.Clock.GetTimestamp();
        var (testScore, testLogits) = Score(network, plan, request.Data.Test, request.ComputesOn, cancellation);
        var testSeconds = request.Clock.GetElapsedTime(started).TotalSeconds;

        var kernels = plan.Weights.Where(Pruning.Takes).ToArray();
        var kernelsLeft = kernels.Sum(kernel => network.Weight(kernel.Name).count_nonzero().item<long>());

        return new ModelEvaluation
        {
            Name = request.Spec.Name,
            Seed = request.Seed,
            Parameters = plan.Parameters,
            TrainableParameters = TrainableWeights.Count(plan, request.Spec.Phases),
            Sparsity = 1 - ((double)kernelsLeft / kernels.Sum(kernel => kernel.Count)),
            KernelParametersLeft = kernelsLeft,
            MultiplyAccumulates = plan.PredictionMultiplyAccumulates,
            Epochs = history.Count,
            PlannedEpochs = request.Configuration.TotalEpochs,
            BatchSize = request.Configuration.BatchSize,
            TrainImages = request.Data.Train.Count,
            TrainSeconds = history.Sum(row => row.Seconds),
            TestSeconds = testSeconds,
            BestEpoch = header.Epoch,
            SideInformation = plan.Head.UsesSideInformation,
            Weights = request.WeightsNote,
            Threads = request.Threads,
            Device = request.ComputesOn.Description,
            PeakMemoryBytes = Math.Max(header.PeakMemoryBytes, ProcessMemory.PeakBytes),
            Train = trainScore,
            Validation = validationScore,
            Test = testScore,
            History = history,
            ValidationScores = new ScoredSet(request.Data.Validation.Ids, request.Data.Validation.Labels, validationLogits),
            TestScores = new ScoredSet(request.Data.Test.Ids, request.Data.Test.Labels, testLogits),
            TrainScores = new ScoredSet(request.Data.Train.Ids, request.Data.Train.Labels, trainLogits),
        };
    }

    /// <summary>Reads the network's weights from a checkpoint, by name, without the optimizer's tensors.</summary>
    /// <exception cref="InvalidInputException">The file is not a checkpoint.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> ReadWeights(Stream checkpoint)
    {
        var reader = SafetensorsReader.Open(checkpoint, CheckpointFile.Name);
        CheckpointFile.ReadHeader(reader);
        return new Dictionary<string, WeightTensor>(reader.ReadTensors(CheckpointFile.IsNetworkWeight));
    }

    private static (SetScore Score, float[] Logits) Score(
        Network network, ModelPlan plan, LabelledImages images, TrainingDevice device, CancellationToken cancellation)
    {
        using var tensors = new ImageTensors(images, plan.Input, device.Torch);
        var logits = Inference.Logits(network, tensors, plan.Classes, cancellation);
        return (LogitScore.Of(logits, images.Labels), logits);
    }
}
