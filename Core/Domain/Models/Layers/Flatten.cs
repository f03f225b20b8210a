using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>Flattens features to one row, in channel-height-width order.</summary>
public sealed record Flatten : Layer
{
    public override string BaseName => "flatten";

    public override string Description => "Flatten";

    public override ChannelFlow Channels => ChannelFlow.Spread;

    public override FeatureShape? OutputOf(FeatureShape input) => input.Side is null ? null : new(input.Count, null);

    public override TFeatures Accept<TFeatures>(ILayerVisitor<TFeatures> visitor, LayerPlan plan, TFeatures input) =>
        visitor.Visit(this, plan, input);
}

[JsonDerivedType(typeof(Flatten), "flatten")]
public abstract partial record Layer;

public partial interface ILayerVisitor<TFeatures>
{
    TFeatures Visit(Flatten layer, LayerPlan plan, TFeatures input);
}
