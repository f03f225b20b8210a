using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>
/// ResNet50 without its classifier (He et al. 2015, stride in the 3x3 convolution as torchvision has it), ImageNet weights.
/// </summary>
public sealed record ResNet50Base : Layer
{
    public override string BaseName => "resnet50";

    public override string Description => "ResNet50 base";

    public override bool IsPretrained => true;

    public override FeatureShape? OutputOf(FeatureShape input) =>
        input is { Channels: 3, Side: { } side } && side > 0 && side % ResNet50Layout.Reduction == 0
            ? new(ResNet50Layout.OutputChannels, side / ResNet50Layout.Reduction)
            : null;

    public override string? Needs(FeatureShape input) =>
        $"it needs 3 channels and a side that is a multiple of {ResNet50Layout.Reduction}; use another input";

    public override IEnumerable<WeightDeclaration> WeightsOf(string name, FeatureShape input) => ResNet50Layout.WeightsOf(name);

    public override long MultiplyAccumulates(FeatureShape input, FeatureShape output) =>
        ResNet50Layout.MultiplyAccumulates(input.Side ?? 0);

    public override TFeatures Accept<TFeatures>(ILayerVisitor<TFeatures> visitor, LayerPlan plan, TFeatures input) =>
        visitor.Visit(this, plan, input);
}

[JsonDerivedType(typeof(ResNet50Base), "resNet50Base")]
public abstract partial record Layer;

public partial interface ILayerVisitor<TFeatures>
{
    TFeatures Visit(ResNet50Base layer, LayerPlan plan, TFeatures input);
}
