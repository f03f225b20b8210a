using ServerlessFashion.Data;

namespace ServerlessFashion.Models;

/// <summary>One layer with its name, input shape, output shape and weights.</summary>
public sealed record LayerPlan(string Name, Layer Layer, FeatureShape Input, FeatureShape Output, IReadOnlyList<WeightDeclaration> Weights)
{
    /// <summary>The layers in it; their weights are among its own.</summary>
    public IReadOnlyList<LayerPlan> Parts { get; } = Layer.PartsOf(Name, Input);

    /// <summary>
    /// Multiply-accumulates of its convolutions and products for one image; additions, pooling and BatchNorms are not counted.
    /// </summary>
    public long MultiplyAccumulates => Layer.MultiplyAccumulates(Input, Output);
}

/// <summary>
/// A <see cref="ModelSpec"/> resolved for the labels and the images of a run: every layer including the final classifier and the
/// layer of the head, with shapes and weights. Networks, summaries and exports all use the plan, so they cannot disagree.
/// </summary>
/// <param name="Classes">Number of labels.</param>
/// <param name="Head">The spec's head for the labels.</param>
/// <param name="Body">The layers up to the classifier.</param>
/// <param name="HeadLayer">The layer after the classifier; null if the head has none.</param>
public sealed record ModelPlan(
    InputTransform Input, int Classes, Head Head, bool AveragesMirrorImage, IReadOnlyList<LayerPlan> Body, LayerPlan? HeadLayer)
{
    /// <summary>Every layer in order.</summary>
    public IReadOnlyList<LayerPlan> Layers { get; } = HeadLayer is null ? Body : [.. Body, HeadLayer];

    /// <summary>Every layer, each followed by the layers in it.</summary>
    public IEnumerable<LayerPlan> LayersAndParts => Layers.SelectMany(layer => layer.Parts.Prepend(layer));

    public IEnumerable<WeightDeclaration> Weights => Layers.SelectMany(layer => layer.Weights);

    /// <summary>All parameters, BatchNorm moving statistics included, as Keras counts.</summary>
    public long Parameters => Weights.Sum(weight => weight.Count);

    /// <summary>True if a BatchNorm gathers statistics in training mode for evaluation mode.</summary>
    public bool HasMovingStatistics => Weights.Any(weight => weight.Role == WeightRole.MovingMean);

    /// <summary>Multiply-accumulates of predicting one image, including its mirror image if the model averages over it.</summary>
    public long PredictionMultiplyAccumulates => Layers.Sum(layer => layer.MultiplyAccumulates) * (AveragesMirrorImage ? 2 : 1);

    /// <exception cref="InvalidInputException">
    /// A layer does not fit the output of the previous layer. The message names the model, the layer and the shape.
    /// </exception>
    public static ModelPlan Of(ModelSpec spec, ClassLabels labels)
    {
        var head = spec.Head.For(labels);
        var shape = spec.Input.For(labels.Images).Shape;
        var body = new List<LayerPlan>();
        foreach (var (index, (layer, name)) in spec.Layers.Zip(LayerNames.Of(spec.Layers)).Index())
        {
            body.Add(Plan(layer, name, shape, $"model {spec.Name}: layer {index + 1} ({name})"));
            shape = body[^1].Output;
        }

        body.Add(Plan(
            new Dense(head.OutputsFor(labels), Activation.Linear), LayerNames.Classifier, shape, $"model {spec.Name}: the classifier"));
        var headLayer = head.Layer is { } behind
            ? Plan(behind, behind.BaseName, body[^1].Output, $"model {spec.Name}: the layer {behind.BaseName} of the head")
            : null;
        return new ModelPlan(spec.Input, labels.Count, head, spec.AveragesMirrorImage, body, headLayer);
    }

    private static LayerPlan Plan(Layer layer, string name, FeatureShape input, string place)
    {
        var output = layer.OutputOf(input) ?? throw new InvalidInputException(
            $"{place} cannot take features of shape {input}{(layer.Needs(input) is { } need ? $"; {need}" : "")}.");
        return new LayerPlan(name, layer, input, output, [.. layer.WeightsOf(name, input)]);
    }
}
