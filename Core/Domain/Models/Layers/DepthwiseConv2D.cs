using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>
/// Square convolution of each channel with a kernel of its own (Howard et al. 2017, arXiv:1704.04861). A 1x1 <see cref="Conv2D"/>
/// behind it makes a separable convolution. Glorot-uniform kernel and zero bias.
/// </summary>
public sealed record DepthwiseConv2D(
    [property: Range(1, Layer.LargestWindow)] int Kernel, Padding Padding, Activation Activation = Activation.Relu) : Layer
{
    /// <summary>Distance between windows in pixels. The default value is 1.</summary>
    [Range(1, LargestWindow)]
    public int Stride { get; init; } = 1;

    public override string BaseName => "depthwise_conv2d";

    public override string Description
    {
        get
        {
            var stride = Stride == 1 ? "" : $" stride {Stride}";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"DepthwiseConv2D {Kernel}x{Kernel} {(Padding == Padding.Same ? "same" : "valid")}{stride}{Activation.InWords()}");
        }
    }

    public override ChannelFlow Channels => ChannelFlow.Kept;

    public override FeatureShape? OutputOf(FeatureShape input) => (input.Side, Padding) switch
    {
        ({ } side, Padding.Valid) when side >= Kernel => new(input.Channels, ((side - Kernel) / Stride) + 1),
        ({ } side, Padding.Same) when Kernel % 2 == 1 => new(input.Channels, ((side - 1) / Stride) + 1),
        _ => null,
    };

    public override string? Needs(FeatureShape input) =>
        Padding == Padding.Same && Kernel % 2 == 0 ? $"padding same needs an odd kernel, and this one has {Kernel}"
        : input.Side < Kernel ? $"its kernel of {Kernel}x{Kernel} is larger than the map"
        : base.Needs(input);

    public override IEnumerable<WeightDeclaration> WeightsOf(string name, FeatureShape input) =>
    [
        new($"{name}.weight", [input.Channels, 1, Kernel, Kernel], WeightRole.Kernel),
        new($"{name}.bias", [input.Channels], WeightRole.Bias),
    ];

    public override long MultiplyAccumulates(FeatureShape input, FeatureShape output) => (long)output.Count * Kernel * Kernel;

    public override TFeatures Accept<TFeatures>(ILayerVisitor<TFeatures> visitor, LayerPlan plan, TFeatures input) =>
        visitor.Visit(this, plan, input);
}

[JsonDerivedType(typeof(DepthwiseConv2D), "depthwiseConv2D")]
public abstract partial record Layer;

public partial interface ILayerVisitor<TFeatures>
{
    TFeatures Visit(DepthwiseConv2D layer, LayerPlan plan, TFeatures input);
}
