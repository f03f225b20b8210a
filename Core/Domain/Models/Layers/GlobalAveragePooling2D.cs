using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>Mean over height and width.</summary>
public sealed record GlobalAveragePooling2D : Layer
{
    public override string BaseName => "global_average_pooling2d";

    public override string Description => "GlobalAveragePool";

    public override ChannelFlow Channels => ChannelFlow.Kept;

    public override FeatureShape? OutputOf(FeatureShape input) => input.Side is null ? null : new(input.Channels, null);

    public override TFeatures Accept<TFeatures>(ILayerVisitor<TFeatures> visitor, LayerPlan plan, TFeatures input) =>
        visitor.Visit(this, plan, input);
}

[JsonDerivedType(typeof(GlobalAveragePooling2D), "globalAveragePooling2D")]
public abstract partial record Layer;

public partial interface ILayerVisitor<TFeatures>
{
    TFeatures Visit(GlobalAveragePooling2D layer, LayerPlan plan, TFeatures input);
}
