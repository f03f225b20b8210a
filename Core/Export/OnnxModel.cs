using Google.Protobuf;
using Onnx;
using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Export;

/// <summary>
/// Writes a trained model as an ONNX file that any runtime can serve: opset <see cref="Opset"/>, input
/// <c>images</c> float [N, 1, 28, 28] in 0..1 (grey value / 255, garment light on a dark ground), outputs
/// <c>logits</c> and <c>probabilities</c> (their softmax), float [N, classes]. N is free.
/// </summary>
/// <remarks>
/// Operators as https://github.com/onnx/onnx/blob/main/docs/Operators.md defines them. Dropout does nothing outside
/// training and is left out. The bytes depend on the arguments only.
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
    /// <param name="weights">All weights under the names that <see cref="LayerNames"/> describes, and no others
    /// (<c>num_batches_tracked</c> is passed over).</param>
    /// <param name="metadata">Goes into the file's metadata as it is; see <see cref="OnnxMetadata"/>.</param>
    /// <param name="destination">Is written from its current position.</param>
    /// <exception cref="InvalidInputException">A weight is missing, left over or of another shape than the spec asks for.</exception>
    public static void Write(
        ModelSpec spec,
        int classes,
        IReadOnlyDictionary<string, WeightTensor> weights,
        IReadOnlyDictionary<string, string> metadata,
        Stream destination)
    {
        var graph = new OnnxGraph(spec.Name, weights);
        graph.AddInput(Input, 1, LabelledImages.Side, LabelledImages.Side);

        var value = Transform(graph, spec.Input);
        foreach (var (layer, name) in spec.Layers.Zip(LayerNames.Of(spec.Layers)))
        {
            value = Add(graph, layer, name, value);
        }

        var logits = graph.Dense(value, LayerNames.Classifier, classes, output: Logits);
        graph.AddOutput(logits);
        graph.AddOutput(graph.Softmax(logits, output: Probabilities));

        Model(spec, graph.Build(), metadata).WriteTo(destination);
    }

    private static OnnxValue Transform(OnnxGraph graph, InputTransform transform)
    {
        var images = new OnnxValue(Input, [1, LabelledImages.Side, LabelledImages.Side]);
        return transform switch
        {
            InputTransform.Grey28 => images,
            InputTransform.Rgb32 => graph.RepeatChannels(graph.ZeroPad(images, "pad", 2), "rgb", 3),
            _ => throw new ArgumentOutOfRangeException(nameof(transform), transform, "An input transform without an ONNX form."),
        };
    }

    private static OnnxValue Add(OnnxGraph graph, Layer layer, string name, OnnxValue value) => layer switch
    {
        Conv2D conv => Activate(graph, conv.Activation, name, graph.Convolution(
            value, name, conv.Filters, conv.Kernel, Pads(conv), stride: 1, bias: true)),
        MaxPool2D pool => graph.MaxPool(value, name, pool.Size, stride: pool.Size, padding: 0),
        BatchNormalization => graph.BatchNormalization(value, name, KerasBatchNormEpsilon),
        Dropout => value,
        Flatten => graph.Flatten(value, name),
        Dense dense => Activate(graph, dense.Activation, name, graph.Dense(value, name, dense.Units)),
        GlobalAveragePooling2D => graph.Flatten(graph.GlobalAveragePool(value, name), $"{name}.flatten"),
        ResNet50Base => ResNet50Graph.Add(graph, name, value),
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, "A layer kind without an ONNX form."),
    };

    /// <summary>Zeros before and after each axis; for an even kernel Keras puts the odd one at the end.</summary>
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

    private static ModelProto Model(ModelSpec spec, GraphProto graph, IReadOnlyDictionary<string, string> metadata) => new()
    {
        IrVersion = IrVersion,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
        ProducerName = "ServerlessFashion",
        ProducerVersion = typeof(OnnxModel).Assembly.GetName().Version!.ToString(3),
        DocString = $"{spec.Title}: {spec.Description}",
        Graph = graph,
        MetadataProps =
        {
            metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new StringStringEntryProto { Key = pair.Key, Value = pair.Value }),
        },
    };
}
