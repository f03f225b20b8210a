using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>Batch normalisation over channels with Keras's epsilon 1e-3.</summary>
public sealed record BatchNormalization : Layer
{
    /// <summary>The number that keeps the division by a small variance finite.</summary>
    public const double Epsilon = 1e-3;

    /// <summary>
    /// Share of the moving statistics that a step keeps. The default value is .99 (.01 in PyTorch notation), as in Keras.
    /// </summary>
    [Range(0d, 1d, MaximumIsExclusive = true)]
    public double Momentum { get; init; } = .99;

    public override string BaseName => "batch_normalization";

    public override string Description => "BatchNorm";

    public override ChannelFlow Channels => ChannelFlow.Kept;

    public override FeatureShape? OutputOf(FeatureShape input) => input;

    public override IEnumerable<WeightDeclaration> WeightsOf(string name, FeatureShape input) => WeightsOf(name, input.Channels);

    /// <summary>The four weights of a BatchNorm of that name.</summary>
    public static WeightDeclaration[] WeightsOf(string name, int channels) =>
    [
        new($"{name}.weight", [channels], WeightRole.Scale),
        new($"{name}.bias", [channels], WeightRole.Shift),
        new($"{name}.running_mean", [channels], WeightRole.MovingMean),
        new($"{name}.running_var", [channels], WeightRole.MovingVariance),
    ];

    public override TFeatures Accept<TFeatures>(ILayerVisitor<TFeatures> visitor, LayerPlan plan, TFeatures input) =>
        visitor.Visit(this, plan, input);
}

[JsonDerivedType(typeof(BatchNormalization), "batchNormalization")]
public abstract partial record Layer;

public partial interface ILayerVisitor<TFeatures>
{
    TFeatures Visit(BatchNormalization layer, LayerPlan plan, TFeatures input);
}
