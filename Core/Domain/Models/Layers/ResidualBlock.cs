using System.Globalization;
using System.Text.Json.Serialization;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Models;

/// <summary>
/// Layers whose result is added to their input (He et al. 2015, arXiv:1512.03385). The shortcut is the input itself where the shapes
/// agree, and otherwise a linear 1x1 convolution of the input.
/// </summary>
/// <param name="Layers">The body; it keeps maps, and holds neither another block nor a base.</param>
/// <param name="Activation">The function of the sum.</param>
public sealed record ResidualBlock(IReadOnlyList<Layer> Layers, Activation Activation = Activation.Relu) : Layer
{
    /// <summary>The name of the shortcut's convolution, behind that of the block.</summary>
    private const string ShortcutName = "shortcut";

    public override string BaseName => "residual_block";

    public override string Description =>
        $"sum of {Quantity.Of(Layers.Count, "layer")} and the input{Activation.InWords()}";

    public override FeatureShape? OutputOf(FeatureShape input)
    {
        var body = BodyOf(BaseName, input);
        return body.Count == Layers.Count && body.Count > 0 && body[^1].Output is { Side: not null } output
            && (output == input || StrideOf(input, output) is not null) ? output : null;
    }

    public override string? Needs(FeatureShape input)
    {
        var body = BodyOf(BaseName, input);
        var shape = body.Count == 0 ? input : body[^1].Output;
        if (input.Side is null || Layers.Count == 0)
        {
            return Layers.Count == 0 ? "its body has no layers" : base.Needs(input);
        }

        if (body.Count == Layers.Count)
        {
            return shape.Side is null
                ? "its body must end with maps, and these features are flat"
                : $"its body ends with the shape {shape}, which no 1x1 shortcut gives";
        }

        var (layer, name) = (Layers[body.Count], LayerNames.Of(Layers)[body.Count]);
        return CanHold(layer)
            ? $"its layer {body.Count + 1} ({name}) cannot take features of shape {shape}"
                + $"{(layer.Needs(shape) is { } need ? $": {need}" : "")}"
            : $"its layer {body.Count + 1} ({name}) must not be in a block";
    }

    public override IReadOnlyList<LayerPlan> PartsOf(string name, FeatureShape input)
    {
        var body = BodyOf(name, input);
        return Projection(name, input, body) is { } projection ? [.. body, projection] : body;
    }

    public override IEnumerable<WeightDeclaration> WeightsOf(string name, FeatureShape input) =>
        PartsOf(name, input).SelectMany(part => part.Weights);

    public override long MultiplyAccumulates(FeatureShape input, FeatureShape output) =>
        PartsOf(BaseName, input).Sum(part => part.MultiplyAccumulates);

    public override Layer WithDropRate(double rate)
    {
        Layer[] layers = [.. Layers.Select(layer => layer.WithDropRate(rate))];
        return layers.SequenceEqual(Layers) ? this : this with { Layers = layers };
    }

    public override TFeatures Accept<TFeatures>(ILayerVisitor<TFeatures> visitor, LayerPlan plan, TFeatures input) =>
        visitor.Visit(this, plan, input);

    /// <summary>The convolution of the shortcut; null where the shortcut is the input itself.</summary>
    public LayerPlan? ShortcutOf(LayerPlan plan) => plan.Parts.Count > Layers.Count ? plan.Parts[^1] : null;

    /// <summary>The same layers make the same block. A list alone compares by reference.</summary>
    public bool Equals(ResidualBlock? other) =>
        other is not null && Activation == other.Activation && Layers.SequenceEqual(other.Layers);

    public override int GetHashCode() => Layers.Aggregate(Activation.GetHashCode(), HashCode.Combine);

    private static bool CanHold(Layer layer) => layer is not (ResidualBlock or ResNetBase);

    private List<LayerPlan> BodyOf(string name, FeatureShape input)
    {
        var body = new List<LayerPlan>();
        foreach (var (layer, inner) in Layers.Zip(LayerNames.Of(Layers)))
        {
            if (!CanHold(layer) || layer.OutputOf(input) is not { } output)
            {
                break;
            }

            var full = string.Create(CultureInfo.InvariantCulture, $"{name}.{inner}");
            body.Add(new LayerPlan(full, layer, input, output, [.. layer.WeightsOf(full, input)]));
            input = output;
        }

        return body;
    }

    private static LayerPlan? Projection(string name, FeatureShape input, List<LayerPlan> body)
    {
        if (body.Count == 0 || body[^1].Output is not { Side: not null } output || output == input
            || StrideOf(input, output) is not { } stride)
        {
            return null;
        }

        var full = $"{name}.{ShortcutName}";
        var projection = new Conv2D(output.Channels, 1, Padding.Valid, Activation.Linear) { Stride = stride };
        return new LayerPlan(full, projection, input, output, [.. projection.WeightsOf(full, input)]);
    }

    /// <summary>The stride with which a 1x1 convolution gives the side of the output; null if there is none.</summary>
    private static int? StrideOf(FeatureShape input, FeatureShape output) =>
        Enumerable.Range(1, LargestWindow).Select(stride => (int?)stride)
            .FirstOrDefault(stride => ((input.Side - 1) / stride) + 1 == output.Side);
}

[JsonDerivedType(typeof(ResidualBlock), "residualBlock")]
public abstract partial record Layer;

public partial interface ILayerVisitor<TFeatures>
{
    TFeatures Visit(ResidualBlock layer, LayerPlan plan, TFeatures input);
}
