using Google.Protobuf;
using Onnx;
using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Export;

/// <summary>
/// Writes a trained model as an ONNX file for any runtime: opset <see cref="Opset"/>, input <c>images</c> float [N, 1, 28, 28] in
/// 0..1 (grey value / 255, light garment on a dark background), outputs <c>logits</c> and <c>probabilities</c> (their softmax),
/// float [N, classes]. N is free.
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

    /// <summary>Operator set of the default domain, of ONNX 1.12 (2022).</summary>
    public const int Opset = 17;

    private const long IrVersion = 8;
    private const float KerasBatchNormEpsilon = 1e-3f;

    /// <summary>Writes the model and leaves <paramref name="destination"/> open.</summary>
    /// <param name="spec">The layers, without the final classifier.</param>
    /// <param name="classes">Outputs of the final classifier.</param>
    /// <param name="weights">
    /// All weights under the names that <see cref="LayerNames"/> describes, and no others (<c>num_batches_tracked</c> is passed
    /// over).
    /// </param>
    /// <param name="metadata">Goes into the file's metadata as it is; see <see cref="OnnxMetadata"/>.</param>
    /// <param name="destination">The stream, written from its current position.</param>
    /// <exception cref="InvalidInputException">A weight is missing, is unused, or has another shape than in the spec.</exception>
    public static void Write(
        ModelSpec spec,
        int classes,
        IReadOnlyDictionary<string, WeightTensor> weights,
        IReadOnlyDictionary<string, string> metadata,
        Stream destination)
    {
        var graph = new OnnxGraph(spec.Name, weights);
        graph.AddInput(Input, 1, LabelledImages.Side, LabelledImages.Side);

        var plan = ModelPlan.Of(spec, classes);
        var images = new OnnxValue(Input, [1, LabelledImages.Side, LabelledImages.Side]);
        images = plan.AveragesMirrorImage ? graph.AppendMirrorImages(images, "mirror") : images;
        var value = Transform(graph, spec.Input, images);
        foreach (var layer in plan.Layers)
        {
            var isAnswer = layer == plan.Layers[^1] && !plan.AveragesMirrorImage;
            value = Add(graph, layer, value, images, isAnswer ? Logits : layer.Name);
        }

        var logits = plan.AveragesMirrorImage ? OnnxVote.OfHalves(graph, value, Logits) : value;
        graph.AddOutput(logits);
        graph.AddOutput(graph.Softmax(logits, output: Probabilities));

        Wrap(graph.Build(), $"{spec.Title}: {spec.Description}", metadata).WriteTo(destination);
    }

    private static OnnxValue Transform(OnnxGraph graph, InputTransform transform, OnnxValue images)
    {
        return transform switch
        {
            InputTransform.Grey28 => images,
            InputTransform.Rgb32 => graph.RepeatChannels(graph.ZeroPad(images, "pad", 2), "rgb", 3),
            InputTransform.ImageNet64 => Normalise(graph, graph.ResizeBilinear(images, "enlarged", ImageNetInput.Side)),
            _ => throw new ArgumentOutOfRangeException(nameof(transform), transform, "An input transform without an ONNX form."),
        };
    }

    /// <summary>One grey channel to three normalised ones.</summary>
    private static OnnxValue Normalise(OnnxGraph graph, OnnxValue grey)
    {
        var mean = graph.Constant("imagenet.mean", [.. ImageNetInput.Mean], ImageNetInput.Mean.Count, 1, 1);
        var deviation = graph.Constant("imagenet.deviation", [.. ImageNetInput.Deviation], ImageNetInput.Deviation.Count, 1, 1);
        return graph.Divide(graph.Subtract(grey, mean, "centred"), deviation, "normalised");
    }

    /// <param name="output">Name of the last layer's value; other layers name their own.</param>
    private static OnnxValue Add(OnnxGraph graph, LayerPlan plan, OnnxValue value, OnnxValue images, string output) => plan.Layer switch
    {
        Conv2D conv => Activate(graph, conv.Activation, plan.Name, graph.Convolution(
            value, plan.Name, conv.Filters, conv.Kernel, Pads(conv), conv.Stride, bias: true)),
        MaxPool2D pool => graph.MaxPool(value, plan.Name, pool.Size, stride: pool.Size, padding: 0),
        BatchNormalization => graph.BatchNormalization(value, plan.Name, KerasBatchNormEpsilon),
        Dropout => value,
        Flatten => graph.Flatten(value, plan.Name),
        Dense dense => Activate(graph, dense.Activation, plan.Name, graph.Dense(value, plan.Name, dense.Units, output)),
        GlobalAveragePooling2D => graph.Flatten(graph.GlobalAveragePool(value, plan.Name), $"{plan.Name}.flatten"),
        ResNet50Base => ResNet50Graph.Add(graph, plan.Name, value),
        LatentOffsets => BrightnessGraph.LatentOffsets(graph, plan.Name, value, images, output),
        GarmentRule => BrightnessGraph.GarmentRule(graph, plan.Name, value, images, output),
        _ => throw new ArgumentOutOfRangeException(nameof(plan), plan.Layer, "A layer kind without an ONNX form."),
    };

    /// <summary>Zeros before and after each axis. For an even kernel, Keras puts the extra one at the end.</summary>
    private static (int Before, int After) Pads(Conv2D conv)
    {
        var total = conv.Padding == Padding.Same ? conv.Kernel - 1 : 0;
        return (total / 2, total - (total / 2));
    }

    private static OnnxValue Activate(OnnxGraph graph, Activation activation, string name, OnnxValue value) => activation switch
    {
        Activation.Linear => value,
        Activation.Relu => graph.Relu(value, $"{name}.relu"),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "An activation without an ONNX form."),
    };

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
