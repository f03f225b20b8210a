using ServerlessFashion.Evaluation;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Padding = ServerlessFashion.Models.Padding;

namespace ServerlessFashion.Training;

/// <summary>
/// A model's weights as tensors and the forward pass over its <see cref="ModelPlan"/>. The pass is a plain function of images and
/// weights, without modules or a hidden mode.
/// </summary>
internal sealed class Network : IDisposable
{
    private const double KerasEpsilon = 1e-3;

    /// <summary>
    /// On the CPU, convolutions with at least this many channels use channels-last tensors. With AVX2 they take half to three quarters
    /// of the time, a BatchNorm after them a third, and a step of the strong small network .83. Fewer channels gain nothing.
    /// </summary>
    private const int FewestChannelsLast = 64;

    private readonly ModelPlan plan;
    private readonly Dictionary<string, Tensor> weights = [];

    private Network(ModelPlan plan)
    {
        this.plan = plan;
    }

    /// <summary>Creates a network from one value for each weight of <paramref name="plan"/>, on <paramref name="device"/>.</summary>
    /// <exception cref="InvalidInputException">A weight is missing, is unknown, or has another shape.</exception>
    public static Network Create(ModelPlan plan, IEnumerable<KeyValuePair<string, WeightTensor>> values, string source, Device device)
    {
        var network = new Network(plan);
        try
        {
            var declared = plan.Weights.ToDictionary(weight => weight.Name);
            HashSet<string> channelsLast = device.type == DeviceType.CPU ? ChannelsLastKernels(plan) : [];
            foreach (var (name, value) in values)
            {
                if (!declared.TryGetValue(name, out var weight))
                {
                    throw new InvalidInputException($"{source}: found weight {name}, which the model does not have.");
                }

                if (!weight.Shape.SequenceEqual(value.Shape))
                {
                    throw new InvalidInputException($"{source}: weight {name} should have shape [{string.Join(", ", weight.Shape)}], found [{string.Join(", ", value.Shape)}].");
                }

                // A copy: kernels choose their way by the alignment of the memory, and only libtorch's own is always aligned alike.
                using var unaligned = TensorFactory.From(value.Values, value.Shape, device);
                network.weights.Add(name, (channelsLast.Contains(name) ? ChannelsLast(unaligned) : unaligned.clone()).DetachFromDisposeScope());
            }

            return declared.Keys.FirstOrDefault(name => !network.weights.ContainsKey(name)) is { } missing
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
    public Tensor Weight(string name) => weights[name];

    /// <summary>Enables gradients for exactly these weights. A BatchNorm gathers statistics exactly if its scale is among them.</summary>
    public void Unfreeze(IReadOnlyList<WeightDeclaration> trainable)
    {
        var names = trainable.Select(weight => weight.Name).ToHashSet();
        foreach (var (name, weight) in weights)
        {
            weight.requires_grad_(names.Contains(name));
        }
    }

    /// <summary>The logits (batch x classes) of a batch in evaluation mode.</summary>
    public Tensor Predict(ImageBatch batch)
    {
        if (!plan.AveragesMirrorImage)
        {
            return PredictPlain(batch);
        }

        using var logits = PredictPlain(batch);
        using var mirrored = batch.Images.flip(3);
        using var mirroredLogits = LabelLogits(Outputs(mirrored, masks: null), batch.Brightness);
        return logits.softmax(1).add_(mirroredLogits.softmax(1)).div_(2).clamp_min_(SoftVote.Floor).log_();
    }

    /// <summary>The same without the mirror images, regardless of <see cref="ModelSpec.AveragesMirrorImage"/>.</summary>
    public Tensor PredictPlain(ImageBatch batch) => LabelLogits(Outputs(batch.Images, masks: null), batch.Brightness);

    /// <summary>The outputs of the classifier (batch x outputs) for a batch of images (batch x channels x side x side).</summary>
    /// <param name="masks">Dropout masks in training mode; null in evaluation mode, also of the BatchNorms.</param>
    public Tensor Outputs(Tensor images, DropoutMasks? masks)
    {
        var features = images.alias();
        foreach (var layer in plan.Layers.Where(layer => layer.Layer is not (LatentOffsets or GarmentRule)))
        {
            // What the backward pass needs, autograd keeps; everything else is freed layer by layer.
            var next = Apply(layer, features, masks);
            features.Dispose();
            features = next;
        }

        return features;
    }

    /// <summary>The logits of the labels (batch x classes) from the outputs of the classifier.</summary>
    /// <param name="brightness">Sum of the raw grey values of each image: batch.</param>
    public Tensor LabelLogits(Tensor outputs, Tensor brightness) => plan.Head switch
    {
        LatentOffsetHead => BrightnessHeads.LatentOffsets(
            outputs, brightness, HeadConstant(LatentOffsets.OffsetsWeight), HeadConstant(LatentOffsets.CutsWeight), HeadConstant(LatentOffsets.LogScaleWeight)),
        GarmentRuleHead => BrightnessHeads.GarmentRule(outputs, brightness),
        _ => outputs,
    };

    /// <summary>The constants of a latent-offset head.</summary>
    public OffsetSearch.Constants HeadConstants() => new(
        HeadConstant(LatentOffsets.OffsetsWeight).detach().data<float>().ToArray(),
        HeadConstant(LatentOffsets.CutsWeight).detach().data<float>().ToArray(),
        HeadConstant(LatentOffsets.LogScaleWeight).detach().data<float>()[0]);

    /// <summary>Sets the constants of a latent-offset head.</summary>
    public void SetHeadConstants(OffsetSearch.Constants constants)
    {
        Set(LatentOffsets.OffsetsWeight, constants.Offsets);
        Set(LatentOffsets.CutsWeight, constants.Cuts);
        Set(LatentOffsets.LogScaleWeight, [constants.LogScale]);

        void Set(string suffix, float[] values)
        {
            using var noGradient = no_grad();
            var constant = HeadConstant(suffix);
            using var given = TensorFactory.From(values, constant.device);
            constant.copy_(given);
        }
    }

    public void Dispose()
    {
        foreach (var weight in weights.Values)
        {
            weight.Dispose();
        }

        weights.Clear();
    }

    private Tensor Apply(LayerPlan plan, Tensor features, DropoutMasks? masks) => plan.Layer switch
    {
        Conv2D conv => Activate(conv.Activation, Convolve(plan.Name, conv, features)),
        MaxPool2D { Size: 2 } when IsOnCpu(features) && !IsChannelsLast(features) => MaxPool2x2.Pool(features),
        MaxPool2D pool => F.max_pool2d(features, pool.Size),
        // PyTorch's momentum is the share that a step replaces; 1 - .99 would be .010000000000000009.
        BatchNormalization norm => Normalise(plan.Name, features, masks is not null, Math.Round(1 - norm.Momentum, 12), KerasEpsilon),
        Dropout => masks is null ? features.alias() : masks.Apply(plan.Name, features),
        Flatten => features.flatten(1),
        Dense dense => Activate(dense.Activation, F.linear(features, weights[$"{plan.Name}.weight"], weights[$"{plan.Name}.bias"])),
        GlobalAveragePooling2D => features.mean([2, 3]),
        ResNet50Base => ResNet50(plan.Name, features, masks is not null),
        _ => throw new ArgumentOutOfRangeException(nameof(plan), plan.Layer, "A layer kind without a forward pass."),
    };

    private Tensor HeadConstant(string suffix) => weights[$"{plan.Layers[^1].Name}.{suffix}"];

    private static HashSet<string> ChannelsLastKernels(ModelPlan plan) =>
    [
        .. plan.Layers.Where(layer => layer.Layer is Conv2D).SelectMany(layer => layer.Weights)
            .Where(weight => weight.Role == WeightRole.Kernel && weight.Shape[1] >= FewestChannelsLast).Select(weight => weight.Name),
    ];

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

    private static bool IsOnCpu(Tensor features) => features.device_type == DeviceType.CPU;
    private static bool IsChannelsLast(Tensor features) => features.stride()[1] == 1;
    private static Tensor Activate(Activation activation, Tensor features) => activation == Activation.Relu ? features.relu_() : features;

    private Tensor Convolve(string name, Conv2D conv, Tensor features)
    {
        var padding = conv.Padding == Padding.Same ? conv.Kernel / 2 : 0;
        return F.conv2d(features, weights[$"{name}.weight"], weights[$"{name}.bias"], strides: [conv.Stride, conv.Stride], padding: [padding, padding]);
    }

    /// <summary>A frozen BatchNorm stays in evaluation mode during training: it uses its stored statistics and gathers none.</summary>
    private Tensor Normalise(string name, Tensor features, bool training, double momentum, double epsilon)
    {
        var scale = weights[$"{name}.weight"];
        return F.batch_norm(
            features, weights[$"{name}.running_mean"], weights[$"{name}.running_var"], scale, weights[$"{name}.bias"], training && scale.requires_grad, momentum, epsilon);
    }

    private Tensor ResNet50(string name, Tensor images, bool training)
    {
        using var stem = ConvolveAndNormalise(name, ResNet50Layout.Stem, images, training).relu_();
        var features = F.max_pool2d(stem, 3, stride: 2, padding: 1);
        foreach (var block in ResNet50Layout.Blocks)
        {
            var next = ResidualBlock(name, block, features, training);
            features.Dispose();
            features = next;
        }

        return features;
    }

    private Tensor ResidualBlock(string name, Bottleneck block, Tensor features, bool training)
    {
        using var first = ConvolveAndNormalise(name, block.First, features, training).relu_();
        using var second = ConvolveAndNormalise(name, block.Second, first, training).relu_();
        var sum = ConvolveAndNormalise(name, block.Third, second, training);
        using var shortcut = block.Downsample is { } downsample ? ConvolveAndNormalise(name, downsample, features, training) : features.alias();
        return sum.add_(shortcut).relu_();
    }

    private Tensor ConvolveAndNormalise(string name, ResNetConvolution conv, Tensor features, bool training)
    {
        using var convolved = conv is { Kernel: 1, Stride: > 1 } && IsOnCpu(features) ? ConvolveEveryNth(name, conv, features) : F.conv2d(
            features, weights[$"{name}.{conv.Name}.weight"], strides: [conv.Stride, conv.Stride], padding: [conv.Padding, conv.Padding]);
        return Normalise($"{name}.{conv.BatchNorm}", convolved, training, ResNet50Layout.BatchNormMomentum, ResNet50Layout.BatchNormEpsilon);
    }

    /// <summary>
    /// Computes a strided 1x1 convolution as a plain one on every nth pixel, which gives the same result. In libtorch 2.10's
    /// oneDNN, the backward pass of the strided form crashes with a division by zero on AVX-512 BF16 processors (seen on Zen 5).
    /// </summary>
    private Tensor ConvolveEveryNth(string name, ResNetConvolution conv, Tensor features)
    {
        using var rows = features.slice(2, 0, features.shape[2], conv.Stride);
        using var pixels = rows.slice(3, 0, features.shape[3], conv.Stride);
        return F.conv2d(pixels, weights[$"{name}.{conv.Name}.weight"]);
    }
}
