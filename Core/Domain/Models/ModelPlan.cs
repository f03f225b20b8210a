using ServerlessFashion.Data;

namespace ServerlessFashion.Models;

/// <summary>The role of a weight. It determines the initial value, and whether gradients change it.</summary>
public enum WeightRole
{
    /// <summary>Convolution (out x in x height x width) or Dense (out x in) kernel.</summary>
    Kernel,
    Bias,

    /// <summary>BatchNorm's gamma.</summary>
    Scale,

    /// <summary>BatchNorm's beta.</summary>
    Shift,

    /// <summary>BatchNorm's running mean: changed by the forward pass, never by a gradient.</summary>
    MovingMean,

    /// <summary>BatchNorm's running variance: changed by the forward pass, never by a gradient.</summary>
    MovingVariance,

    /// <summary>A number of <see cref="LatentOffsets"/>: found before the training and fixed afterwards.</summary>
    Constant,
}

/// <summary>One weight of a network: its full name (<c>conv2d.weight</c>), its shape in PyTorch's order and its role.</summary>
public sealed record WeightDeclaration(string Name, long[] Shape, WeightRole Role)
{
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>False for moving statistics and constants.</summary>
    public bool TakesGradient => Role is not (WeightRole.MovingMean or WeightRole.MovingVariance or WeightRole.Constant);
}

/// <summary>Features between two layers: square maps, or a flat row when <paramref name="Side"/> is null.</summary>
public sealed record FeatureShape(int Channels, int? Side)
{
    public int Count => Channels * (Side ?? 1) * (Side ?? 1);

    /// <summary>As Keras prints it, channels last: <c>(None, 26, 26, 32)</c> or <c>(None, 64)</c>.</summary>
    public override string ToString() => Side is { } side ? $"(None, {side}, {side}, {Channels})" : $"(None, {Channels})";
}

/// <summary>One layer with its name, input shape, output shape and weights.</summary>
public sealed record LayerPlan(string Name, Layer Layer, FeatureShape Input, FeatureShape Output, IReadOnlyList<WeightDeclaration> Weights)
{
    /// <summary>Multiply-accumulates of its convolutions and products for one image; additions, pooling and BatchNorms are not counted.</summary>
    public long MultiplyAccumulates => Layer switch
    {
        Conv2D conv => (long)Output.Count * Input.Channels * conv.Kernel * conv.Kernel,
        Dense dense => (long)Input.Channels * dense.Units,
        ResNet50Base => ResNet50Layout.MultiplyAccumulates(Input.Side ?? 0),
        _ => 0,
    };
}

/// <summary>
/// A <see cref="ModelSpec"/> resolved for a number of classes: every layer including the final classifier and the layer of the
/// head, with shapes and weights. Networks, summaries and exports all use the plan, so they cannot disagree.
/// </summary>
/// <param name="Head">The spec's head for the number of classes.</param>
public sealed record ModelPlan(InputTransform Input, int Classes, Head Head, bool AveragesMirrorImage, IReadOnlyList<LayerPlan> Layers)
{
    public IEnumerable<WeightDeclaration> Weights => Layers.SelectMany(layer => layer.Weights);

    /// <summary>All parameters, BatchNorm moving statistics included, as Keras counts.</summary>
    public long Parameters => Weights.Sum(weight => weight.Count);

    /// <summary>Multiply-accumulates of predicting one image, including its mirror image if the model averages over it.</summary>
    public long PredictionMultiplyAccumulates => Layers.Sum(layer => layer.MultiplyAccumulates) * (AveragesMirrorImage ? 2 : 1);

    /// <exception cref="InvalidInputException">A layer does not fit the output of the previous layer.</exception>
    public static ModelPlan Of(ModelSpec spec, int classes)
    {
        var shape = InputShape(spec.Input);
        var plans = new List<LayerPlan>();
        var head = spec.Head.For(classes);
        var layers = spec.Layers.Zip(LayerNames.Of(spec.Layers)).Concat(HeadLayers(head, classes));
        foreach (var (layer, name) in layers)
        {
            var output = OutputShape(layer, name, shape);
            plans.Add(new LayerPlan(name, layer, shape, output, [.. WeightsOf(layer, name, shape)]));
            shape = output;
        }

        return new ModelPlan(spec.Input, classes, head, spec.AveragesMirrorImage, plans);
    }

    private static (Layer Layer, string Name)[] HeadLayers(Head head, int classes)
    {
        return head switch
        {
            SoftmaxHead => [Classifier(classes)],
            LatentOffsetHead latent => [Classifier(latent.Components), Named(new LatentOffsets(latent.Components))],
            GarmentRuleHead => [Classifier(FiveLabelRule.Offsets.Count), Named(new GarmentRule())],
            _ => throw new ArgumentOutOfRangeException(nameof(head), head, "A head without layers."),
        };

        static (Layer Layer, string Name) Classifier(int outputs) => (new Dense(outputs, Activation.Linear), LayerNames.Classifier);

        static (Layer Layer, string Name) Named(Layer layer) => (layer, LayerNames.Of(layer));
    }

    /// <summary>Shape of one image as it enters a network.</summary>
    public static FeatureShape InputShape(InputTransform input) => input switch
    {
        InputTransform.Grey28 => new(1, 28),
        InputTransform.Rgb32 => new(3, 32),
        InputTransform.ImageNet64 => new(3, ImageNetInput.Side),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "An input transform without a shape."),
    };

    private static FeatureShape OutputShape(Layer layer, string name, FeatureShape input) => layer switch
    {
        Conv2D conv when input.Side is { } side && conv.Padding == Padding.Valid && side >= conv.Kernel => new(conv.Filters, ((side - conv.Kernel) / conv.Stride) + 1),
        Conv2D conv when input.Side is { } side && conv.Padding == Padding.Same && conv.Kernel % 2 == 1 => new(conv.Filters, ((side - 1) / conv.Stride) + 1),
        MaxPool2D pool when input.Side is { } side && side >= pool.Size => new(input.Channels, side / pool.Size),
        BatchNormalization or Dropout => input,
        Flatten when input.Side is not null => new(input.Count, null),
        Dense dense when input.Side is null => new(dense.Units, null),
        GlobalAveragePooling2D when input.Side is not null => new(input.Channels, null),
        ResNet50Base when input is { Channels: 3, Side: { } side } && side > 0 && side % ResNet50Layout.Reduction == 0 => new(ResNet50Layout.OutputChannels, side / ResNet50Layout.Reduction),
        LatentOffsets latent when input.Side is null && input.Channels == latent.Components => new(FiveLabelRule.Labels, null),
        GarmentRule when input.Side is null && input.Channels == FiveLabelRule.Offsets.Count => new(FiveLabelRule.Labels, null),
        _ => throw new InvalidInputException($"model: layer {name} ({layer.GetType().Name}) cannot take features of shape {input}."),
    };

    private static IEnumerable<WeightDeclaration> WeightsOf(Layer layer, string name, FeatureShape input) => layer switch
    {
        Conv2D conv =>
        [
            new($"{name}.weight", [conv.Filters, input.Channels, conv.Kernel, conv.Kernel], WeightRole.Kernel),
            new($"{name}.bias", [conv.Filters], WeightRole.Bias),
        ],
        Dense dense =>
        [
            new($"{name}.weight", [dense.Units, input.Channels], WeightRole.Kernel),
            new($"{name}.bias", [dense.Units], WeightRole.Bias),
        ],
        BatchNormalization => BatchNormWeights(name, input.Channels),
        LatentOffsets latent =>
        [
            new($"{name}.{LatentOffsets.OffsetsWeight}", [latent.Components], WeightRole.Constant),
            new($"{name}.{LatentOffsets.CutsWeight}", [LatentOffsets.Cuts], WeightRole.Constant),
            new($"{name}.{LatentOffsets.LogScaleWeight}", [1], WeightRole.Constant),
        ],
        ResNet50Base => ResNet50Layout.Convolutions.SelectMany(conv => BatchNormWeights($"{name}.{conv.BatchNorm}", conv.Out).Prepend(
            new($"{name}.{conv.Name}.weight", [conv.Out, conv.In, conv.Kernel, conv.Kernel], WeightRole.Kernel))),
        _ => [],
    };

    private static WeightDeclaration[] BatchNormWeights(string name, int channels) =>
    [
        new($"{name}.weight", [channels], WeightRole.Scale),
        new($"{name}.bias", [channels], WeightRole.Shift),
        new($"{name}.running_mean", [channels], WeightRole.MovingMean),
        new($"{name}.running_var", [channels], WeightRole.MovingVariance),
    ];
}
