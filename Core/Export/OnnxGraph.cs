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
/// Builds a GraphProto node by node, takes the weights that the nodes need from the given set and checks their shapes. The operators
/// in use are in the other part; a form that needs another one adds it by <see cref="Node"/>.
/// </summary>
internal sealed partial class OnnxGraph(string model, IReadOnlyDictionary<string, WeightTensor> weights)
{
    /// <summary>Creates a graph without external weights.</summary>
    public OnnxGraph(string model)
        : this(model, new Dictionary<string, WeightTensor>())
    {
    }

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

    /// <summary>
    /// Includes another graph, with <paramref name="prefix"/> before every name except the input's, and returns its outputs by their
    /// names without the prefix.
    /// </summary>
    public IReadOnlyDictionary<string, OnnxValue> Include(GraphProto other, string prefix)
    {
        // An input without a name is one that the operator does without.
        string Prefixed(string name) => name is OnnxModel.Input or "" ? name : prefix + name;

        foreach (var initializer in other.Initializer)
        {
            var copy = initializer.Clone();
            copy.Name = Prefixed(copy.Name);
            _graph.Initializer.Add(copy);
        }

        foreach (var node in other.Node)
        {
            var copy = node.Clone();
            copy.Name = Prefixed(copy.Name);
            copy.Input.Clear();
            copy.Input.AddRange(node.Input.Select(Prefixed));
            copy.Output.Clear();
            copy.Output.AddRange(node.Output.Select(Prefixed));
            _graph.Node.Add(copy);
        }

        return other.Output.ToDictionary(
            output => output.Name,
            output => new OnnxValue(
                prefix + output.Name, [.. output.Type.TensorType.Shape.Dim.Skip(1).Select(dimension => (int)dimension.DimValue)]));
    }

    /// <summary>A tensor of the given shape that is the same for every image.</summary>
    public OnnxValue Constant(string name, float[] values, params int[] shape)
    {
        AddInitializer(name, values, [1, .. shape.Select(size => (long)size)]);
        return new OnnxValue(name, shape);
    }

    /// <summary>Reads the values of a weight that the graph contains in another form.</summary>
    public float[] Read(string name, params ReadOnlySpan<int> shape) => Find(name, shape).Values;

    /// <summary>Adds an operator named after its output.</summary>
    /// <param name="shape">Shape of the output without the batch axis.</param>
    public OnnxValue Node(string operation, string[] inputs, string output, int[] shape, params ReadOnlySpan<AttributeProto> attributes)
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
    public string Take(string name, params ReadOnlySpan<int> shape)
    {
        var weight = Find(name, shape);
        AddInitializer(name, weight.Values, weight.Shape);
        return name;
    }

    private WeightTensor Find(string name, params ReadOnlySpan<int> shape)
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
                $"{model}: weight '{name}' should have shape {Text(shape)}, found [{string.Join(", ", weight.Shape)}] "
                + $"with {weight.Values.Length} values.");
        }

        _taken.Add(name);
        return weight;
    }

    /// <summary>A single number and its name.</summary>
    private string Constant(string name, float value)
    {
        AddInitializer(name, [value], []);
        return name;
    }

    private void AddInitializer(string name, float[] values, long[] shape)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Float,
            // Little-endian by the format, as every platform of .NET with an ONNX Runtime is.
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)),
        };
        tensor.Dims.AddRange(shape);
        _graph.Initializer.Add(tensor);
    }

    /// <summary>A row of whole numbers and its name.</summary>
    private string Integers(string name, params long[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Int64, Dims = { values.Length } };
        tensor.Int64Data.AddRange(values);
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

    public static AttributeProto Int(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Ints(string name, params long[] values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    private static string Text(ReadOnlySpan<int> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
