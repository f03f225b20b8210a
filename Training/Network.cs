using ServerlessFashion.Evaluation;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>
/// A model's weights as tensors and the <see cref="ForwardPass"/> over its <see cref="ModelPlan"/>. The pass is a plain function of
/// images and weights: no modules, no hidden mode.
/// </summary>
internal sealed class Network : IDisposable
{
    private readonly ModelPlan _plan;
    private readonly IReadOnlyList<FusedLayers> _layers;
    private readonly Dictionary<string, Tensor> _weights = [];

    private Network(ModelPlan plan, Device device)
    {
        _plan = plan;
        _layers = FusedLayers.Of(plan.Body);
        Device = device;
    }

    /// <summary>Where the weights are.</summary>
    public Device Device { get; }

    /// <summary>Takes one value for each weight of <paramref name="plan"/> and keeps it on <paramref name="device"/>.</summary>
    /// <exception cref="InvalidInputException">A weight is missing, unknown or of another shape.</exception>
    public static Network Create(ModelPlan plan, IEnumerable<KeyValuePair<string, WeightTensor>> values, string source, Device device)
    {
        var network = new Network(plan, device);
        try
        {
            var declared = plan.Weights.ToDictionary(weight => weight.Name);
            HashSet<string> channelsLast = device.type == DeviceType.CPU ? ForwardPass.ChannelsLastKernels(plan) : [];
            foreach (var (name, value) in values)
            {
                if (!declared.TryGetValue(name, out var weight))
                {
                    throw new InvalidInputException($"{source}: found weight {name}, which the model does not have.");
                }

                if (!weight.Shape.SequenceEqual(value.Shape))
                {
                    throw new InvalidInputException(
                        $"{source}: weight {name} should have shape [{string.Join(", ", weight.Shape)}], "
                        + $"found [{string.Join(", ", value.Shape)}].");
                }

                // A copy: kernels choose their algorithm by the alignment of memory, and only libtorch's own memory always has the same.
                using var unaligned = TensorFactory.From(value.Values, value.Shape, device);
                network._weights.Add(
                    name, (channelsLast.Contains(name) ? ChannelsLast(unaligned) : unaligned.clone()).DetachFromDisposeScope());
            }

            return declared.Keys.FirstOrDefault(name => !network._weights.ContainsKey(name)) is { } missing
                ? throw new InvalidInputException($"{source}: weight {missing} is missing.")
                : network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The weight with this name. The network keeps its ownership.</summary>
    public Tensor Weight(string name) => _weights[name];

    /// <summary>Enables gradients for exactly these weights. A BatchNorm gathers statistics exactly if its scale is among them.</summary>
    public void Unfreeze(IReadOnlyList<WeightDeclaration> trainable)
    {
        var names = trainable.Select(weight => weight.Name).ToHashSet();
        foreach (var (name, weight) in _weights)
        {
            weight.requires_grad_(names.Contains(name));
        }
    }

    /// <summary>The logits (batch x classes) of a batch in evaluation mode.</summary>
    public Tensor Predict(TensorBatch batch)
    {
        if (!_plan.AveragesMirrorImage)
        {
            return PredictPlain(batch);
        }

        using var logits = PredictPlain(batch);
        using var mirrored = batch.Images.flip(3);
        using var mirroredLogits = LabelLogits(Outputs(mirrored, masks: null), batch.Brightness);
        return logits.softmax(1).add_(mirroredLogits.softmax(1)).div_(2).clamp_min_(SoftVote.Floor).log_();
    }

    /// <summary>The same without the mirror images, regardless of <see cref="ModelSpec.AveragesMirrorImage"/>.</summary>
    public Tensor PredictPlain(TensorBatch batch) => LabelLogits(Outputs(batch.Images, masks: null), batch.Brightness);

    /// <summary>The outputs of the classifier (batch x outputs) for a batch of images (batch x channels x side x side).</summary>
    /// <param name="masks">Dropout masks in training mode; null in evaluation mode, also of the BatchNorms.</param>
    public Tensor Outputs(Tensor images, DropoutMasks? masks)
    {
        var pass = new ForwardPass(Weight, masks);
        var features = images.alias();
        foreach (var fused in _layers)
        {
            var next = pass.Run(fused, features);
            features.Dispose();
            features = next;
        }

        return features;
    }

    /// <summary>The logits of the labels (batch x classes) from the outputs of the classifier.</summary>
    /// <param name="brightness">Sum of the raw grey values of each image: batch.</param>
    public Tensor LabelLogits(Tensor outputs, Tensor brightness) => _plan.HeadLayer is { } layer
        ? layer.Layer.Accept(new ForwardPass(Weight, masks: null, brightness), layer, outputs)
        : outputs;

    public void Dispose()
    {
        foreach (var weight in _weights.Values)
        {
            weight.Dispose();
        }

        _weights.Clear();
    }

    /// <summary>
    /// The same kernel (filters x channels x height x width) with its channels next to each other in memory. libtorch converts the
    /// input of a convolution to the memory order of its kernel, and later layers keep that order.
    /// </summary>
    private static Tensor ChannelsLast(Tensor kernel)
    {
        using var byPixel = kernel.permute(0, 2, 3, 1);
        using var moved = byPixel.contiguous();
        return moved.permute(0, 3, 1, 2);
    }
}
