using ServerlessFashion.Models;
using ServerlessFashion.Training.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Padding = ServerlessFashion.Models.Padding;

namespace ServerlessFashion.Training;

/// <summary>The forward pass of each kind of layer: the one place that turns a layer into tensor operations.</summary>
/// <param name="weight">The network's weight of a name.</param>
/// <param name="masks">Dropout masks in training mode; null in evaluation mode. It decides the mode of the BatchNorms too.</param>
/// <param name="brightness">Sum of the raw grey values of each image (batch), for layers that read it; null for the others.</param>
internal sealed class ForwardPass(Func<string, Tensor> weight, DropoutMasks? masks, Tensor? brightness = null) : ILayerVisitor<Tensor>
{
    /// <summary>
    /// On the CPU, a convolution of at least this many channels works on channels-last tensors: with AVX2 it then takes half to three
    /// quarters of the time. One with fewer channels does so where <see cref="FeatureMaps"/> takes its result.
    /// </summary>
    private const int FewestChannelsLast = 64;

    /// <summary>Names of the kernels that a network on the CPU keeps in channels-last order.</summary>
    public static HashSet<string> ChannelsLastKernels(ModelPlan plan) =>
    [
        .. plan.LayersAndParts.Where(layer => layer.Layer is Conv2D).SelectMany(layer => layer.Weights)
            .Where(weight => weight.Role == WeightRole.Kernel && IsChannelsLast(weight.Shape)).Select(weight => weight.Name),
    ];

    /// <summary>The features after layers that run together.</summary>
    public Tensor Run(FusedLayers fused, Tensor input)
    {
        if (fused.Convolution is not { } plan || !IsOnCpu(input))
        {
            return RunInTurn(fused.Layers, input.alias());
        }

        var layer = (Conv2D)plan.Layer;
        var layers = EpilogueOf(fused, layer.Activation, input.shape[0]);
        var (kernel, bias) = (weight($"{plan.Name}.weight"), weight($"{plan.Name}.bias"));
        if (FirstConvolution.Supports(input, kernel) && FirstLayers.Supports(layers))
        {
            return FirstLayers.Run(input, kernel, bias, new FirstConvolution.Window(layer.Stride, PaddingOf(layer)), layers);
        }

        var convolved = Convolve(layer, plan, input);
        if (!FeatureMaps.Supports(convolved))
        {
            return RunInTurn(fused.Layers.Skip(1), Activate(layer.Activation, convolved));
        }

        using (convolved)
        {
            return EpilogueFunction.Run(convolved, layers);
        }
    }

    public Tensor Visit(Conv2D layer, LayerPlan plan, Tensor input) => Activate(layer.Activation, Convolve(layer, plan, input));

    public Tensor Visit(DepthwiseConv2D layer, LayerPlan plan, Tensor input)
    {
        var padding = layer.Padding == Padding.Same ? layer.Kernel / 2 : 0;
        return Activate(layer.Activation, F.conv2d(
            input, weight($"{plan.Name}.weight"), weight($"{plan.Name}.bias"),
            strides: [layer.Stride, layer.Stride], padding: [padding, padding], groups: plan.Input.Channels));
    }

    public Tensor Visit(AveragePooling2D layer, LayerPlan plan, Tensor input) => F.avg_pool2d(input, layer.Size);

    public Tensor Visit(ResidualBlock layer, LayerPlan plan, Tensor input)
    {
        var features = input.alias();
        foreach (var part in plan.Parts.Take(layer.Layers.Count))
        {
            var next = part.Layer.Accept(this, part, features);
            features.Dispose();
            features = next;
        }

        using var body = features;
        using var shortcut = layer.ShortcutOf(plan) is { } projection
            ? projection.Layer.Accept(this, projection, input)
            : input.alias();
        // Not in place: the backward pass of the last layer may read its result.
        return Activate(layer.Activation, body.add(shortcut));
    }

    public Tensor Visit(MaxPool2D layer, LayerPlan plan, Tensor input) =>
        layer.Size == 2 && IsOnCpu(input) && !IsChannelsLast(input) ? MaxPool2x2.Pool(input) : F.max_pool2d(input, layer.Size);

    public Tensor Visit(BatchNormalization layer, LayerPlan plan, Tensor input) =>
        Normalise(plan.Name, input, ReplacedShare(layer), BatchNormalization.Epsilon);

    public Tensor Visit(Dropout layer, LayerPlan plan, Tensor input) => masks is null ? input.alias() : masks.Apply(plan.Name, input);

    public Tensor Visit(Flatten layer, LayerPlan plan, Tensor input) => input.flatten(1);

    public Tensor Visit(Dense layer, LayerPlan plan, Tensor input) =>
        Activate(layer.Activation, F.linear(input, weight($"{plan.Name}.weight"), weight($"{plan.Name}.bias")));

    public Tensor Visit(GlobalAveragePooling2D layer, LayerPlan plan, Tensor input) => input.mean([2, 3]);

    public Tensor Visit(ResNetBase layer, LayerPlan plan, Tensor input) =>
        layer.Layout.Apply(new ResNetPass(this, weight, plan.Name), input);

    public Tensor Visit(LatentOffsets layer, LayerPlan plan, Tensor input) => BrightnessHeads.LatentOffsets(
        input, brightness!, weight($"{plan.Name}.{LatentOffsets.OffsetsWeight}"), weight($"{plan.Name}.{LatentOffsets.CutsWeight}"),
        weight($"{plan.Name}.{LatentOffsets.LogScaleWeight}"));

    public Tensor Visit(GarmentRule layer, LayerPlan plan, Tensor input) => BrightnessHeads.GarmentRule(input, brightness!);

    private Tensor RunInTurn(IEnumerable<LayerPlan> layers, Tensor features)
    {
        foreach (var layer in layers)
        {
            // What the backward pass needs, autograd keeps; everything else is freed layer by layer.
            var next = layer.Layer.Accept(this, layer, features);
            features.Dispose();
            features = next;
        }

        return features;
    }

    /// <summary>The convolution without its activation.</summary>
    private Tensor Convolve(Conv2D layer, LayerPlan plan, Tensor input)
    {
        var (kernel, bias) = (weight($"{plan.Name}.weight"), weight($"{plan.Name}.bias"));
        if (layer is { Kernel: 1, Stride: > 1 } && IsOnCpu(input))
        {
            using var pixels = EveryNth(input, layer.Stride);
            return F.conv2d(pixels, kernel, bias);
        }

        var padding = PaddingOf(layer);
        return FirstConvolution.Supports(input, kernel)
            ? FirstConvolution.Run(input, kernel, bias, layer.Stride, padding)
            : F.conv2d(input, kernel, bias, strides: [layer.Stride, layer.Stride], padding: [padding, padding]);
    }

    private static int PaddingOf(Conv2D layer) => layer.Padding == Padding.Same ? layer.Kernel / 2 : 0;

    private EpilogueLayers EpilogueOf(FusedLayers fused, Activation activation, long images)
    {
        var norm = fused.Layers.FirstOrDefault(layer => layer.Layer is BatchNormalization);
        var dropout = fused.Layers.FirstOrDefault(layer => layer.Layer is Dropout);
        var pools = fused.Layers.Any(layer => layer.Layer is MaxPool2D);
        return new EpilogueLayers(
            activation == Activation.Relu,
            norm is null ? null : NormOf(norm),
            pools,
            dropout is null ? null : masks?.Of(dropout.Name, images * dropout.Output.Count));
    }

    private BatchNormWeights NormOf(LayerPlan plan)
    {
        var scale = weight($"{plan.Name}.weight");
        return new BatchNormWeights(
            scale, weight($"{plan.Name}.bias"), weight($"{plan.Name}.running_mean"), weight($"{plan.Name}.running_var"),
            ReplacedShare((BatchNormalization)plan.Layer), BatchNormalization.Epsilon, UsesBatchStatistics(scale));
    }

    /// <summary>PyTorch's momentum is the share that a step replaces; 1 - .99 would be .010000000000000009.</summary>
    private static double ReplacedShare(BatchNormalization layer) => Math.Round(1 - layer.Momentum, 12);

    /// <summary>A frozen BatchNorm is always in evaluation mode: it normalises by its stored statistics and gathers none.</summary>
    private bool UsesBatchStatistics(Tensor scale) => masks is not null && scale.requires_grad;

    private static bool IsChannelsLast(long[] kernel) =>
        kernel[1] >= FewestChannelsLast || (kernel[1] > 1 && kernel[0] % FeatureMaps.Lanes == 0);

    /// <summary>
    /// Every nth pixel. A strided 1x1 convolution is a plain one on these pixels. The backward pass of the strided form in oneDNN, as
    /// libtorch 2.10 has it, divides by zero and ends the process on processors with AVX-512 BF16 (seen on Zen 5).
    /// </summary>
    private static Tensor EveryNth(Tensor features, int stride)
    {
        using var rows = features.slice(2, 0, features.shape[2], stride);
        return rows.slice(3, 0, features.shape[3], stride);
    }

    private static bool IsOnCpu(Tensor features) => features.device_type == DeviceType.CPU;

    private static bool IsChannelsLast(Tensor features) => features.stride()[1] == 1;

    private static Tensor Activate(Activation activation, Tensor features) => activation == Activation.Relu ? features.relu_() : features;

    private Tensor Normalise(string name, Tensor features, double momentum, double epsilon)
    {
        var scale = weight($"{name}.weight");
        return F.batch_norm(
            features, weight($"{name}.running_mean"), weight($"{name}.running_var"), scale, weight($"{name}.bias"),
            UsesBatchStatistics(scale), momentum, epsilon);
    }

    /// <summary>The parts of a <see cref="ResNetLayout"/> as tensor operations. A weight has the layer's name before its own.</summary>
    private sealed class ResNetPass(ForwardPass pass, Func<string, Tensor> weight, string name) : IResNetOperations<Tensor>
    {
        public Tensor Convolve(ResNetConvolution conv, Tensor input)
        {
            using var convolved = conv is { Kernel: 1, Stride: > 1 } && IsOnCpu(input) ? ConvolveEveryNth(conv, input) : F.conv2d(
                input, Kernel(conv), strides: [conv.Stride, conv.Stride], padding: [conv.Padding, conv.Padding]);
            return pass.Normalise(
                $"{name}.{conv.BatchNorm}", convolved, ResNetLayout.BatchNormMomentum, ResNetLayout.BatchNormEpsilon);
        }

        public Tensor Pool(ResNetPooling pooling, Tensor input) =>
            F.max_pool2d(input, pooling.Size, stride: pooling.Stride, padding: pooling.Padding);

        public Tensor Relu(Tensor input, string relu) => input.relu_();

        public Tensor Add(Tensor features, Tensor shortcut, string sum) => features.add_(shortcut);

        public void Release(Tensor features) => features.Dispose();

        private Tensor Kernel(ResNetConvolution conv) => weight($"{name}.{conv.Name}.weight");

        private Tensor ConvolveEveryNth(ResNetConvolution conv, Tensor features)
        {
            using var pixels = EveryNth(features, conv.Stride);
            return F.conv2d(pixels, Kernel(conv));
        }
    }
}
