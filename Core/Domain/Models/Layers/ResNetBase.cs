using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>A ResNet without its classifier (He et al. 2015).</summary>
public abstract record ResNetBase : Layer
{
    /// <summary>Where training starts. The default value is <see cref="BaseStart.ImageNet"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public BaseStart Start { get; init; }

    /// <summary>Its convolutions and blocks.</summary>
    public abstract ResNetLayout Layout { get; }

    /// <summary>The file with its ImageNet weights.</summary>
    protected abstract ImageNetFile File { get; }

    public override ImageNetFile? ImageNet => Start == BaseStart.ImageNet ? File : null;

    public override FeatureShape? OutputOf(FeatureShape input) =>
        input is { Channels: 3, Side: { } side } && side > 0 && side % ResNetLayout.Reduction == 0
            ? new(Layout.OutputChannels, side / ResNetLayout.Reduction)
            : null;

    public override string? Needs(FeatureShape input) =>
        $"it needs 3 channels and a side that is a multiple of {ResNetLayout.Reduction}; use another input";

    public override IEnumerable<WeightDeclaration> WeightsOf(string name, FeatureShape input) => Layout.WeightsOf(name);

    public override long MultiplyAccumulates(FeatureShape input, FeatureShape output) => Layout.MultiplyAccumulates(input.Side ?? 0);

    public override TFeatures Accept<TFeatures>(ILayerVisitor<TFeatures> visitor, LayerPlan plan, TFeatures input) =>
        visitor.Visit(this, plan, input);
}

/// <summary>Where the training of a base starts.</summary>
public enum BaseStart
{
    /// <summary>From weights that were trained on ImageNet.</summary>
    ImageNet,

    /// <summary>From random weights.</summary>
    Random,
}

public partial interface ILayerVisitor<TFeatures>
{
    TFeatures Visit(ResNetBase layer, LayerPlan plan, TFeatures input);
}
