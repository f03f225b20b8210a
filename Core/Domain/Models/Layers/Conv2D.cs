using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>Square convolution with Glorot-uniform kernel and zero bias.</summary>
public sealed record Conv2D(
    [property: Range(1, Layer.MostChannels)] int Filters,
    [property: Range(1, Layer.LargestWindow)] int Kernel,
    Padding Padding,
    Activation Activation = Activation.Relu) : Layer
{
    /// <summary>Distance between windows in pixels. The default value is 1.</summary>
    [Range(1, LargestWindow)]
    public int Stride { get; init; } = 1;

    public override string BaseName => "conv2d";

    public override string Description =>
        string.Create(CultureInfo.InvariantCulture, $"Conv2D {Filters} {Window}{Activation.InWords()}");

    public override ChannelFlow Channels => ChannelFlow.Made;

    private ConvolutionWindow Window => new(Kernel, Stride, Padding);

    public override FeatureShape? OutputOf(FeatureShape input) =>
        Window.SideOf(input.Side) is { } side ? new(Filters, side) : null;

    public override string? Needs(FeatureShape input) => Window.Needs(input.Side) ?? base.Needs(input);

    public override IEnumerable<WeightDeclaration> WeightsOf(string name, FeatureShape input) =>
    [
        new($"{name}.weight", [Filters, input.Channels, Kernel, Kernel], WeightRole.Kernel),
        new($"{name}.bias", [Filters], WeightRole.Bias),
    ];

    public override long MultiplyAccumulates(FeatureShape input, FeatureShape output) =>
        (long)output.Count * input.Channels * Kernel * Kernel;

    public override Layer WithChannels(Func<int, int> channels) => this with { Filters = channels(Filters) };

    public override TFeatures Accept<TFeatures>(ILayerVisitor<TFeatures> visitor, LayerPlan plan, TFeatures input) =>
        visitor.Visit(this, plan, input);
}

public enum Padding
{
    /// <summary>No padding: a 3x3 kernel reduces height and width by two.</summary>
    Valid,

    /// <summary>Half a kernel of zeros on every side: keeps height and width at stride 1.</summary>
    Same,
}

[JsonDerivedType(typeof(Conv2D), "conv2D")]
public abstract partial record Layer;

public partial interface ILayerVisitor<TFeatures>
{
    TFeatures Visit(Conv2D layer, LayerPlan plan, TFeatures input);
}
