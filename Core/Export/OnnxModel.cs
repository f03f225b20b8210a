using Google.Protobuf;
using Onnx;
using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Export;

/// <summary>
/// Writes a trained model as an ONNX file for any runtime: opset <see cref="Opset"/>, input <c>images</c> float [N, channels, side, side]
/// in 0..1 (raw value / 255; [N, 1, 28, 28] for Fashion-MNIST), outputs <c>logits</c> and <c>probabilities</c> (their softmax),
/// float [N, classes]. N is free. A head that names garments adds the output <c>garments</c>, the probabilities of the ten garments.
/// </summary>
/// <remarks>
/// Operators as https://github.com/onnx/onnx/blob/main/docs/Operators.md defines them. Dropout does nothing outside training and is
/// omitted. The bytes depend only on the arguments.
/// </remarks>
public static class OnnxModel
{
    public const string Input = "images";
    public const string Logits = "logits";
    public const string Probabilities = "probabilities";
    public const string Garments = "garments";

    /// <summary>Operator set of the default domain, of ONNX 1.12 (2022).</summary>
    public const int Opset = 17;

    private const long IrVersion = 8;

    /// <summary>Writes the model and leaves <paramref name="destination"/> open.</summary>
    /// <param name="spec">The layers, without the final classifier.</param>
    /// <param name="labels">What the outputs stand for.</param>
    /// <param name="weights">
    /// All weights under their names in the model's plan, and no others. <c>num_batches_tracked</c> is ignored.
    /// </param>
    /// <param name="metadata">Goes into the file's metadata as it is; see <see cref="OnnxMetadata"/>.</param>
    /// <param name="destination">The stream, written from its current position.</param>
    /// <exception cref="InvalidInputException">A weight is missing, is unused, or has another shape than in the spec.</exception>
    public static void Write(
        ModelSpec spec,
        ClassLabels labels,
        IReadOnlyDictionary<string, WeightTensor> weights,
        IReadOnlyDictionary<string, string> metadata,
        Stream destination)
    {
        var graph = new OnnxGraph(spec.Name, weights);
        int[] shape = [labels.Images.Channels, labels.Images.Side, labels.Images.Side];
        graph.AddInput(Input, shape);

        var plan = ModelPlan.Of(spec, labels);
        var images = new OnnxValue(Input, shape);
        images = plan.AveragesMirrorImage ? graph.AppendMirrorImages(images, "mirror") : images;
        var value = Transform(graph, spec.Input.For(labels.Images), images);
        var layers = new LayerGraph(
            graph, images, layer => layer == plan.Layers[^1] && !plan.AveragesMirrorImage ? Logits : layer.Name);
        var classifier = value;
        foreach (var layer in plan.Layers)
        {
            classifier = value;
            value = layer.Layer.Accept(layers, layer, value);
        }

        var logits = plan.AveragesMirrorImage ? OnnxVote.OfHalves(graph, value, Logits) : value;
        graph.AddOutput(logits);
        graph.AddOutput(graph.Softmax(logits, output: Probabilities));
        if (plan.Head.NamesGarments)
        {
            graph.AddOutput(plan.AveragesMirrorImage
                ? OnnxVote.MeanOfHalves(graph, classifier, "mirror.garments", Garments)
                : graph.Softmax(classifier, Garments));
        }

        Wrap(graph.Build(), $"{spec.Title}: {spec.Description}", metadata).WriteTo(destination);
    }

    private static OnnxValue Transform(OnnxGraph graph, NetworkInput input, OnnxValue images)
    {
        var value = images;
        if (input.Before + input.After > 0)
        {
            value = graph.ZeroPad(value, "pad", input.Before, input.After);
        }

        if (input.EnlargedSide is { } side)
        {
            value = graph.ResizeBilinear(value, "enlarged", side);
        }

        return input.Normalisation is { } normalisation ? Normalise(graph, value, normalisation)
            : input.Repeats ? graph.RepeatChannels(value, "rgb", input.Channels)
            : value;
    }

    /// <summary>Normalises each channel. The subtraction repeats a grey channel as often as the normalisation has channels.</summary>
    private static OnnxValue Normalise(OnnxGraph graph, OnnxValue images, ChannelNormalisation normalisation)
    {
        var mean = graph.Constant("imagenet.mean", [.. normalisation.Mean], normalisation.Mean.Count, 1, 1);
        var deviation = graph.Constant("imagenet.deviation", [.. normalisation.Deviation], normalisation.Deviation.Count, 1, 1);
        return graph.Divide(graph.Subtract(images, mean, "centred"), deviation, "normalised");
    }

    /// <summary>The file around a graph.</summary>
    internal static ModelProto Wrap(GraphProto graph, string description, IReadOnlyDictionary<string, string> metadata) => new()
    {
        IrVersion = IrVersion,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
        ProducerName = "ServerlessFashion",
        ProducerVersion = typeof(OnnxModel).Assembly.GetName().Version!.ToString(3),
        DocString = description,
        Graph = graph,
        MetadataProps =
        {
            metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new StringStringEntryProto { Key = pair.Key, Value = pair.Value }),
        },
    };
}
