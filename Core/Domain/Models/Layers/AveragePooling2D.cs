using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>Average pooling with equal size and stride; an incomplete border window is dropped.</summary>
public sealed record AveragePooling2D([property: Range(1, Layer.LargestWindow)] int Size) : Layer
{
    public override string BaseName => "average_pooling2d";

    public override string Description => string.Create(CultureInfo.InvariantCulture, $"AveragePool {Size}x{Size}");

    public override ChannelFlow Channels => ChannelFlow.Kept;

    public override FeatureShape? OutputOf(FeatureShape input) =>
        input.Side is { } side && side >= Size ? new(input.Channels, side / Size) : null;

    public override string? Needs(FeatureShape input) =>
        input.Side < Size ? $"its window of {Size}x{Size} is larger than the map" : base.Needs(input);

    public override TFeatures Accept<TFeatures>(ILayerVisitor<TFeatures> visitor, LayerPlan plan, TFeatures input) =>
        visitor.Visit(this, plan, input);
}

[JsonDerivedType(typeof(AveragePooling2D), "averagePooling2D")]
public abstract partial record Layer;

public partial interface ILayerVisitor<TFeatures>
{
    TFeatures Visit(AveragePooling2D layer, LayerPlan plan, TFeatures input);
}
