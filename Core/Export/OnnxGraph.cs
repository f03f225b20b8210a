using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using ServerlessFashion.Models;

namespace ServerlessFashion.Export;

/// <summary>A value in the graph: its name and its shape without the batch axis.</summary>
internal sealed record OnnxValue(string Name, int[] Shape)
{
    public int Channels => Shape[0];
}

/// <summary>
/// Builds a GraphProto node by node. Each method adds one operator named after its output, takes the weights it needs
/// from the given set, checks their shapes and returns the operator's value.
/// </summary>
internal sealed class OnnxGraph(string model, IReadOnlyDictionary<string, WeightTensor> weights)
{
    private const string UnusedField = "num_batches_tracked";

    private readonly GraphProto _graph = new() { Name = model };
    private readonly HashSet<string> _taken = [];

    public void AddInput(string name, params ReadOnlySpan<int> shape) => _graph.Input.Add(Describe(name, shape));

    public void AddOutput(OnnxValue value) => _graph.Output.Add(Describe(value.Name, value.Shape));

    /// <summary>The finished graph.</summary>
    /// <exception cref="InvalidInputException">A weight belongs to no layer.</exception>
    public GraphProto Build()
    {
        var left = weights.Keys.FirstOrDefault(name => !_taken.Contains(name) && !name.EndsWith(UnusedField, StringComparison.Ordinal));
        return left is null
            ? _graph
            : throw new InvalidInputException($"{model}: weight '{left}' belongs to no layer of the model.");
    }

    public OnnxValue Convolution(OnnxValue input, string name, int filters, int kernel, (int Before, int After) pads, int stride, bool bias)
    {
        var (height, width) = (Window(input.Shape[1]), Window(input.Shape[2]));
        string[] parameters = bias
            ? [Take($"{name}.weight", filters, input.Channels, kernel, kernel), Take($"{name}.bias", filters)]
            : [Take($"{name}.weight", filters, input.Channels, kernel, kernel)];
        return Node("Conv", [input.Name, .. parameters], name, [filters, height, width],
            Ints("kernel_shape", kernel, kernel),
            Ints("strides", stride, stride),
            Ints("pads", pads.Before, pads.Before, pads.After, pads.After));

        int Window(int size) => ((size + pads.Before + pads.After - kernel) / stride) + 1;
    }

    public OnnxValue MaxPool(OnnxValue input, string name, int size, int stride, int padding)
    {
        return Node("MaxPool", [input.Name], name, [input.Channels, Window(input.Shape[1]), Window(input.Shape[2])],
            Ints("kernel_shape", size, size),
            Ints("strides", stride, stride),
            Ints("pads", padding, padding, padding, padding));

        int Window(int length) => ((length + (2 * padding) - size) / stride) + 1;
    }

    public OnnxValue BatchNormalization(OnnxValue input, string name, float epsilon)
    {
        var channels = input.Channels;
        return Node("BatchNormalization",
            [
                input.Name,
                Take($"{name}.weight", channels), Take($"{name}.bias", channels),
                Take($"{name}.running_mean", channels), Take($"{name}.running_var", channels),
            ],
            name, input.Shape,
            new AttributeProto { Name = "epsilon", Type = AttributeProto.Types.AttributeType.Float, F = epsilon });
    }

    public OnnxValue Dense(OnnxValue input, string name, int units, string? output = null) =>
        Node("Gemm", [input.Name, Take($"{name}.weight", units, input.Channels), Take($"{name}.bias", units)],
            output ?? name, [units], Int("transB", 1));

    public OnnxValue Relu(OnnxValue input, string name) => Node("Relu", [input.Name], name, input.Shape);

    public OnnxValue Sum(OnnxValue left, OnnxValue right, string name) => Node("Add", [left.Name, right.Name], name, left.Shape);

    public OnnxValue GlobalAveragePool(OnnxValue input, string name) =>
        Node("GlobalAveragePool", [input.Name], name, [input.Channels, 1, 1]);

    public OnnxValue Flatten(OnnxValue input, string name) =>
        Node("Flatten", [input.Name], name, [input.Shape.Aggregate(1, (product, size) => product * size)], Int("axis", 1));

    public OnnxValue Softmax(OnnxValue input, string output) => Node("Softmax", [input.Name], output, input.Shape, Int("axis", 1));

    /// <summary>Adds <paramref name="border"/> zeros on each side of height and width.</summary>
    public OnnxValue ZeroPad(OnnxValue input, string name, int border)
    {
        long[] pads = [0, 0, border, border, 0, 0, border, border];
        var parameter = new TensorProto { Name = $"{name}.pads", DataType = (int)TensorProto.Types.DataType.Int64, Dims = { pads.Length } };
        parameter.Int64Data.AddRange(pads);
        _graph.Initializer.Add(parameter);
        return Node("Pad", [input.Name, parameter.Name], name,
            [input.Channels, input.Shape[1] + (2 * border), input.Shape[2] + (2 * border)]);
    }

    public OnnxValue RepeatChannels(OnnxValue input, string name, int times) =>
        Node("Concat", [.. Enumerable.Repeat(input.Name, times)], name, [input.Channels * times, input.Shape[1], input.Shape[2]], Int("axis", 1));

    private OnnxValue Node(string operation, string[] inputs, string output, int[] shape, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = output, Input = { inputs }, Output = { output } };
        foreach (var attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        _graph.Node.Add(node);
        return new OnnxValue(output, shape);
    }

    /// <summary>Moves the weight into the graph and returns its name.</summary>
    private string Take(string name, params ReadOnlySpan<int> shape)
    {
        if (!weights.TryGetValue(name, out var weight))
        {
            throw new InvalidInputException($"{model}: weight '{name}' of shape {Text(shape)} is missing.");
        }

        var count = 1L;
        var same = weight.Shape.Length == shape.Length;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            count *= shape[axis];
            same = same && weight.Shape[axis] == shape[axis];
        }

        if (!same || weight.Values.Length != count)
        {
            throw new InvalidInputException(
                $"{model}: weight '{name}' should have shape {Text(shape)}, found [{string.Join(", ", weight.Shape)}] with {weight.Values.Length} values.");
        }

        _taken.Add(name);
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Float,
            // Little-endian by the format, as every platform of .NET with an ONNX Runtime is.
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(weight.Values)),
        };
        tensor.Dims.AddRange(weight.Shape);
        _graph.Initializer.Add(tensor);
        return name;
    }

    private static ValueInfoProto Describe(string name, ReadOnlySpan<int> shape)
    {
        var dimensions = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "N" } } };
        foreach (var size in shape)
        {
            dimensions.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        }

        var tensor = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = dimensions };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    private static AttributeProto Int(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    private static AttributeProto Ints(string name, params long[] values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    private static string Text(ReadOnlySpan<int> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
