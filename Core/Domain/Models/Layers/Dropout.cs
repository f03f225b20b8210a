using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>Inverted dropout: each element is zeroed with probability <paramref name="Rate"/>, the rest divided by 1 - rate.</summary>
public sealed record Dropout([property: Range(0d, 1d, MaximumIsExclusive = true)] double Rate) : Layer
{
    public override string BaseName => "dropout";

    public override string Description => string.Create(CultureInfo.InvariantCulture, $"Dropout {Rate:0.##}");

    public override ChannelFlow Channels => ChannelFlow.Kept;

    public override double? DropRate => Rate;

    public override FeatureShape? OutputOf(FeatureShape input) => input;

    public override Layer WithDropRate(double rate) => this with { Rate = rate };

    public override TFeatures Accept<TFeatures>(ILayerVisitor<TFeatures> visitor, LayerPlan plan, TFeatures input) =>
        visitor.Visit(this, plan, input);
}

[JsonDerivedType(typeof(Dropout), "dropout")]
public abstract partial record Layer;

public partial interface ILayerVisitor<TFeatures>
{
    TFeatures Visit(Dropout layer, LayerPlan plan, TFeatures input);
}
