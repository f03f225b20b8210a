using ServerlessFashion.Evaluation;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>
/// One model's training, epoch by epoch. Everything random is a function of (seed, epoch, step, layer), so a session resumed from a
/// checkpoint continues exactly like the session that wrote it. On the CPU of one machine with one thread count, weights and
/// history are bit-identical. The class is not thread-safe, and it sets the thread count of libtorch for the whole process.
/// </summary>
public sealed class TrainingSession : IDisposable
{
    private readonly TrainingRequest request;
    private readonly ImageTensors train;
    private readonly ImageTensors validation;
    private readonly List<EpochRow> history;
    private ModelPlan plan;
    private Network network;
    private DropoutMasks masks;
    private KerasAdam? optimizer;
    private KnownImages? knownImages;
    private Augmenter? augmenter;
    private KernelMasks? kernelMasks;
    private int phaseIndex = -1;

    private TrainingSession(TrainingRequest request, ModelPlan plan, Network network, IEnumerable<EpochRow> history)
    {
        this.request = request;
        this.plan = plan;
        this.network = network;
        this.history = [.. history];
        train = new ImageTensors(request.Data.Train, plan.Input, TorchDevice);
        validation = new ImageTensors(request.Data.Validation, plan.Input, TorchDevice);
        masks = Masks();
    }

    /// <summary>Epochs done.</summary>
    public int Epoch => history.Count;

    /// <summary>Epochs done and those that may still come: fewer than planned once early stopping has ended a phase.</summary>
    public int TotalEpochs => Course.TotalEpochs;
    public bool Finished => Course.Finished;

    public IReadOnlyList<EpochRow> History => history;

    /// <summary>
    /// The epoch with the best validation accuracy, counted from 1 (the earliest if several are equal); 0 before the first. Once an
    /// epoch with the training's final sparsity and width is done, only such epochs count.
    /// </summary>
    public int BestEpoch
    {
        get
        {
            var last = request.Configuration.Phases.LastOrDefault(phase => phase.Epochs > 0);
            var sparsity = last?.SparsityOf(last.Epochs) ?? 0;
            EpochRow[] final =
            [
                .. history.Zip(Course.Done)
                    .Where(epoch => SparsityOf(epoch.Second) == sparsity && PhaseOf(epoch.Second).Wide == last?.Wide)
                    .Select(epoch => epoch.First),
            ];
            return (final is [] ? history : (IReadOnlyList<EpochRow>)final).MaxBy(row => row.ValidationAccuracy)?.Epoch ?? 0;
        }
    }

    private Device TorchDevice => request.ComputesOn.Torch;

    private TrainingCourse Course => TrainingCourse.Of(request.Configuration.Phases, history);

    /// <summary>Starts a training at its first epoch.</summary>
    /// <exception cref="InvalidInputException">The inputs of the request are inconsistent.</exception>
    public static TrainingSession Start(TrainingRequest request)
    {
        Prepare(request);
        var plan = request.Spec.PlanOf(FirstPhase(request), request.Classes);
        return new TrainingSession(request, plan, Network.Create(plan, StartWeights(plan, request), "start weights", request.ComputesOn.Torch), []);
    }

    /// <summary>Resumes a training from its checkpoint.</summary>
    /// <exception cref="InvalidInputException">Not a checkpoint, or of another configuration, seed, thread count or data set.</exception>
    public static TrainingSession Resume(TrainingRequest request, Stream checkpoint)
    {
        Prepare(request);
        var reader = SafetensorsReader.Open(checkpoint, CheckpointFile.Name);
        var header = CheckpointFile.ReadHeader(reader);
        CheckpointFile.RequireResumable(header, request);
        var plan = request.Spec.PlanOf(header.Phase >= 0 ? request.Configuration.Phases[header.Phase] : FirstPhase(request), request.Classes);
        var tensors = new Dictionary<string, WeightTensor>(reader.ReadTensors(_ => true));
        var network = Network.Create(plan, tensors.Where(tensor => CheckpointFile.IsNetworkWeight(tensor.Key)), CheckpointFile.Name, request.ComputesOn.Torch);
        var session = new TrainingSession(request, plan, network, header.History);
        if (header.Phase >= 0)
        {
            session.StartPhase(header.Phase);
            session.RestoreOptimizer(header.OptimizerSteps, tensors);
        }

        return session;
    }

    /// <summary>Runs the next epoch and measures the validation set.</summary>
    /// <param name="progress">Receives a report after every batch.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <exception cref="OperationCanceledException">Cancelled in the middle of an epoch. Discard the session.</exception>
    /// <exception cref="InvalidOperationException">The training is finished, or the loss is no longer finite.</exception>
    public EpochRow RunEpoch(IProgress<BatchProgress>? progress, CancellationToken cancellation)
    {
        var place = Course.Next ?? throw new InvalidOperationException($"All {TotalEpochs} epochs are done.");
        var started = request.Clock.GetTimestamp();
        var epoch = Epoch + 1;
        if (epoch == 1 && plan.Head is LatentOffsetHead head)
        {
            network.SetHeadConstants(OffsetSearch.Run(head, train, request.Data.Train, request.Seed, cancellation));
        }

        if (place.Phase != phaseIndex)
        {
            if (phaseIndex >= 0 && request.Configuration.Phases[phaseIndex].Wide && !PhaseOf(place).Wide)
            {
                CutChannels();
            }

            StartPhase(place.Phase);
        }

        var current = request.Configuration.Phases[phaseIndex];
        kernelMasks?.Dispose();
        kernelMasks = current.Pruning is null ? null : KernelMasks.Prune(plan, network, SparsityOf(place));
        var step = new BatchStep(network, plan.Head is GarmentRuleHead, train, masks, optimizer!)
        {
            Augmenter = augmenter,
            KnownImages = knownImages,
            KernelMasks = kernelMasks,
        };
        var (trainLoss, trainAccuracy) = new EpochPass(request, current, place.Epoch, epoch).Run(step, TotalEpochs, progress, cancellation);
        var score = LogitScore.Of(Inference.PlainLogits(network, validation, plan.Classes, cancellation), request.Data.Validation.Labels);
        var row = new EpochRow(
            epoch, current.Name, trainLoss, trainAccuracy, score.Loss, score.Accuracy, optimizer!.LearningRate, request.Clock.GetElapsedTime(started).TotalSeconds);
        history.Add(row);
        return row;
    }

    /// <summary>Writes everything that <see cref="Resume"/> needs, as one safetensors file.</summary>
    public void SaveCheckpoint(Stream destination)
    {
        var header = new CheckpointHeader
        {
            Epoch = Epoch,
            Phase = phaseIndex,
            BestEpoch = BestEpoch,
            History = history,
            Seed = request.Seed,
            Threads = request.Threads,
            Device = request.ComputesOn.Identity,
            DataSha256 = request.Data.Sha256,
            TrainImages = train.Count,
            ValidationImages = validation.Count,
            Model = request.Configuration,
            OptimizerSteps = optimizer?.Steps ?? 0,
            PeakMemoryBytes = ProcessMemory.PeakBytes,
            RunConfigurationJson = request.RunConfigurationJson,
        };
        var weights = plan.Weights.Select(weight => Source(weight.Name, network.Weight(weight.Name)));
        var moments = (optimizer?.State ?? []).SelectMany(moment => moment.Tensors).Select(moment => Source(moment.Key, moment.Value));
        TensorSource[] losses = knownImages is null ? [] : [new(CheckpointFile.Losses, [train.Count], knownImages.ReadLosses)];
        CheckpointFile.Write(destination, header, [.. weights, .. moments, .. losses]);
    }

    public void Dispose()
    {
        optimizer?.Dispose();
        kernelMasks?.Dispose();
        knownImages?.Dispose();
        masks.Dispose();
        train.Dispose();
        validation.Dispose();
        network.Dispose();
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
            ? random.Select(weight => imageNet.Find(weight.Key, weight.Value.Shape) is { } pretrained ? new(weight.Key, pretrained) : weight)
            : random;
    }

    private static TensorSource Source(string name, Tensor values) => new(name, values.shape, () => TensorFactory.ToHost(values));

    private static TrainingPhase FirstPhase(TrainingRequest request) => request.Configuration.Phases.First(phase => phase.Epochs > 0);

    private TrainingPhase PhaseOf(PhaseEpoch place) => request.Configuration.Phases[place.Phase];

    /// <summary>Narrows the network to its best channels. The choice depends on the weights alone.</summary>
    private void CutChannels()
    {
        var narrow = ModelPlan.Of(request.Spec, request.Classes);
        var wide = plan.Weights.ToDictionary(weight => weight.Name, weight => new WeightTensor(weight.Shape, TensorFactory.ToHost(network.Weight(weight.Name))));
        var cut = Network.Create(narrow, ChannelPruning.Narrow(plan, narrow, wide), "narrow network", TorchDevice);
        network.Dispose();
        masks.Dispose();
        (plan, network) = (narrow, cut);
        masks = Masks();
    }

    /// <summary>Creates masks for one image more than a batch, because a last batch of a single image joins the previous one.</summary>
    private DropoutMasks Masks() => new(plan, Math.Min(request.Configuration.BatchSize + 1, train.Count), request.Seed, TorchDevice);

    /// <summary>Share of zero kernel weights in an epoch.</summary>
    private double SparsityOf(PhaseEpoch place) => PhaseOf(place).SparsityOf(place.Epoch);

    private void StartPhase(int index)
    {
        var phase = request.Configuration.Phases[index];
        var trainable = TrainableWeights.Of(plan, phase.Trainable);
        network.Unfreeze(trainable);
        optimizer?.Dispose();
        optimizer = new KerasAdam(
            trainable.Select(weight => KeyValuePair.Create(weight.Name, network.Weight(weight.Name))), phase.LearningRate, phase.WeightDecay, phase.RateFactorOf);
        knownImages?.Dispose();
        knownImages = phase.DataPruning is null ? null : KnownImages.Start(request.Seed, train.Count, TorchDevice);
        augmenter = phase.Augmentation is { } augmentation ? new Augmenter(augmentation, request.Seed) : null;
        phaseIndex = index;
    }

    private void RestoreOptimizer(long steps, Dictionary<string, WeightTensor> tensors)
    {
        optimizer!.Restore(steps, Stored);
        if (knownImages is not null)
        {
            knownImages.Dispose();
            knownImages = KnownImages.Restore(request.Seed, Stored(CheckpointFile.Losses, [train.Count]).Values, TorchDevice);
        }

        WeightTensor Stored(string name, long[] shape) => tensors.TryGetValue(name, out var stored) && stored.Shape.SequenceEqual(shape)
            ? stored
            : throw new InvalidInputException($"{CheckpointFile.Name}: tensor {name} of shape [{string.Join(", ", shape)}] is missing.");
    }
}
