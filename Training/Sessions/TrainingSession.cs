using ServerlessFashion.Evaluation;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Training.Devices;
using ServerlessFashion.Training.Phases;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Sessions;

/// <summary>
/// One model's training, epoch by epoch. Everything random is a function of (seed, epoch, step, layer), so a session resumed from a
/// checkpoint continues exactly like the session that wrote it. On the CPU of one machine with one thread count, weights and
/// history are bit-identical. The class is not thread-safe, and it sets the thread count of libtorch for the whole process.
/// </summary>
public sealed class TrainingSession : IDisposable
{
    private readonly TrainingRequest _request;
    private readonly ImageTensors _train;
    private readonly ImageTensors _validation;
    private readonly List<EpochRow> _history;
    private readonly TrainedNetwork _model;
    private RunningPhase? _phase;

    private TrainingSession(TrainingRequest request, ModelPlan plan, Network network, IEnumerable<EpochRow> history)
    {
        _request = request;
        _history = [.. history];
        _train = new ImageTensors(request.Data.Train, plan.Input, request.ComputesOn.Torch);
        _validation = new ImageTensors(request.Data.Validation, plan.Input, request.ComputesOn.Torch);
        _model = new TrainedNetwork(plan, network, Masks);
    }

    /// <summary>Epochs done.</summary>
    public int Epoch => _history.Count;

    /// <summary>Epochs done and those that may still come: fewer than planned once early stopping has ended a phase.</summary>
    public int TotalEpochs => Course.TotalEpochs;
    public bool Finished => Course.Finished;

    public IReadOnlyList<EpochRow> History => _history;

    /// <summary>The epoch of <see cref="TrainingCourse.BestOf"/>, counted from 1; 0 before the first.</summary>
    public int BestEpoch => TrainingCourse.BestOf(_request.Configuration.Phases, _history)?.Epoch ?? 0;

    private TrainingCourse Course => TrainingCourse.Of(_request.Configuration.Phases, _history);

    /// <summary>Starts a training at its first epoch.</summary>
    /// <exception cref="InvalidInputException">The inputs of the request are inconsistent.</exception>
    public static TrainingSession Start(TrainingRequest request)
    {
        Prepare(request);
        var plan = request.Spec.PlanOf(FirstPhase(request), request.Classes);
        return new TrainingSession(
            request, plan, Network.Create(plan, StartWeights(plan, request), "start weights", request.ComputesOn.Torch), []);
    }

    /// <summary>Resumes a training from its checkpoint.</summary>
    /// <exception cref="InvalidInputException">Not a checkpoint, or of another configuration, seed, thread count or data set.</exception>
    public static TrainingSession Resume(TrainingRequest request, Stream checkpoint)
    {
        Prepare(request);
        var reader = SafetensorsReader.Open(checkpoint, CheckpointFile.Name);
        var header = CheckpointFile.ReadHeader(reader);
        CheckpointFile.RequireResumable(header, request);
        var plan = request.Spec.PlanOf(
            header.Phase >= 0 ? request.Configuration.Phases[header.Phase] : FirstPhase(request), request.Classes);
        var tensors = new Dictionary<string, WeightTensor>(reader.ReadTensors(_ => true));
        var network = Network.Create(
            plan, tensors.Where(tensor => CheckpointFile.IsNetworkWeight(tensor.Key)), CheckpointFile.Name, request.ComputesOn.Torch);
        var session = new TrainingSession(request, plan, network, header.History);
        if (header.Phase >= 0)
        {
            session._phase = RunningPhase.Resume(request, header.Phase, session._model, session._train, header.OptimizerSteps, Stored);
        }

        return session;

        WeightTensor Stored(string name, long[] shape) => tensors.TryGetValue(name, out var stored) && stored.Shape.SequenceEqual(shape)
            ? stored
            : throw new InvalidInputException($"{CheckpointFile.Name}: tensor {name} of shape [{string.Join(", ", shape)}] is missing.");
    }

    /// <summary>Runs the next epoch and measures the validation set.</summary>
    /// <param name="progress">Receives a report after every batch.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <exception cref="OperationCanceledException">Cancelled in the middle of an epoch. Discard the session.</exception>
    /// <exception cref="InvalidOperationException">The training is finished, or the loss is no longer finite.</exception>
    public EpochRow RunEpoch(IProgress<BatchProgress>? progress, CancellationToken cancellation)
    {
        var phaseEpoch = Course.Next ?? throw new InvalidOperationException($"All {TotalEpochs} epochs are done.");
        var started = _request.Clock.GetTimestamp();
        var epoch = Epoch + 1;
        if (epoch == 1)
        {
            HeadTraining.Of(_model.Plan.Head).Prepare(_model, _train, _request.Data.Train, _request.Seed, cancellation);
        }

        if (_phase?.Index != phaseEpoch.Phase)
        {
            _phase?.Dispose();
            _phase = RunningPhase.Begin(_request, phaseEpoch.Phase, _model, _train);
        }

        var (trainLoss, trainAccuracy) = new EpochPass(_request, _phase, phaseEpoch, epoch)
            .Run(_model, _train, TotalEpochs, progress, cancellation);
        var logits = Inference.PlainLogits(_model.Network, _validation, _model.Plan.Classes, cancellation);
        var score = LogitScore.Of(logits, _request.Data.Validation.Labels);
        var row = new EpochRow(
            epoch, _phase.Phase.Name, trainLoss, trainAccuracy, score.Loss, score.Accuracy, _phase.Optimizer.LearningRate,
            _request.Clock.GetElapsedTime(started).TotalSeconds);
        _history.Add(row);
        return row;
    }

    /// <summary>Writes everything that <see cref="Resume"/> needs, as one safetensors file.</summary>
    public void SaveCheckpoint(Stream destination)
    {
        var header = new CheckpointHeader
        {
            Epoch = Epoch,
            Phase = _phase?.Index ?? -1,
            BestEpoch = BestEpoch,
            History = _history,
            Seed = _request.Seed,
            Threads = _request.Threads,
            Device = _request.ComputesOn.Identity,
            DataSha256 = _request.Data.Sha256,
            TrainImages = _train.Count,
            ValidationImages = _validation.Count,
            Model = _request.Configuration,
            OptimizerSteps = _phase?.Optimizer.Steps ?? 0,
            PeakMemoryBytes = ProcessMemory.PeakBytes,
            RunConfigurationJson = _request.RunConfigurationJson,
        };
        var weights = _model.Plan.Weights.Select(weight => TensorFactory.ToSource(weight.Name, _model.Network.Weight(weight.Name)));
        CheckpointFile.Write(destination, header, [.. weights, .. _phase?.State() ?? []]);
    }

    public void Dispose()
    {
        _phase?.Dispose();
        _model.Dispose();
        _train.Dispose();
        _validation.Dispose();
    }

    private static void Prepare(TrainingRequest request)
    {
        request.RequireTrainable();
        set_num_threads(request.Threads);
    }

    private static IEnumerable<KeyValuePair<string, WeightTensor>> StartWeights(ModelPlan plan, TrainingRequest request)
    {
        var random = WeightInitialiser.Create(plan, request.Seed);
        return request.ImageNet is { } imageNet
            ? random.Select(
                weight => imageNet.Find(weight.Key, weight.Value.Shape) is { } pretrained ? new(weight.Key, pretrained) : weight)
            : random;
    }

    private static TrainingPhase FirstPhase(TrainingRequest request) => request.Configuration.Phases.First(phase => phase.Epochs > 0);

    /// <summary>For one image more than a batch: a last batch of a single image joins the one before it.</summary>
    private DropoutMasks Masks(ModelPlan plan) =>
        new(plan, Math.Min(_request.Configuration.BatchSize + 1, _train.Count), _request.Seed, _request.ComputesOn.Torch);
}
