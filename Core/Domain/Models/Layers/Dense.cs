using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>Fully connected, Glorot-uniform kernel and zero bias.</summary>
public sealed record Dense(
    [property: Range(1, Layer.MostChannels)] int Units, Activation Activation = Activation.Relu) : Layer
{
    public override string BaseName => "dense";

    public override string Description => string.Create(CultureInfo.InvariantCulture, $"Dense {Units}{Activation.InWords()}");

    public override ChannelFlow Channels => ChannelFlow.Made;

    public override FeatureShape? OutputOf(FeatureShape input) => input.Side is null ? new(Units, null) : null;

    public override string? Needs(FeatureShape input) => "it needs flat features: put a flatten or globalAveragePooling2D layer before it";

    public override IEnumerable<WeightDeclaration> WeightsOf(string name, FeatureShape input) =>
    [
        new($"{name}.weight", [Units, input.Channels], WeightRole.Kernel),
        new($"{name}.bias", [Units], WeightRole.Bias),
    ];

    public override long MultiplyAccumulates(FeatureShape input, FeatureShape output) => (long)input.Channels * Units;

    public override Layer WithChannels(Func<int, int> channels) => this with { Units = channels(Units) };

    public override TFeatures Accept<TFeatures>(ILayerVisitor<TFeatures> visitor, LayerPlan plan, TFeatures input) =>
        visitor.Visit(this, plan, input);
}

[JsonDerivedType(typeof(Dense), "dense")]
public abstract partial record Layer;

public partial interface ILayerVisitor<TFeatures>
{
    TFeatures Visit(Dense layer, LayerPlan plan, TFeatures input);
}
