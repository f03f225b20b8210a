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

    public override string Description =>
        string.Create(CultureInfo.InvariantCulture, $"DepthwiseConv2D {Window}{Activation.InWords()}");

    public override ChannelFlow Channels => ChannelFlow.Kept;

    private ConvolutionWindow Window => new(Kernel, Stride, Padding);

    public override FeatureShape? OutputOf(FeatureShape input) =>
        Window.SideOf(input.Side) is { } side ? new(input.Channels, side) : null;

    public override string? Needs(FeatureShape input) => Window.Needs(input.Side) ?? base.Needs(input);

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
