using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using ServerlessFashion.Models;

namespace ServerlessFashion.Export;

/// <summary>
/// Reads the weights of a ResNet from the ONNX file of a package of ML.NET. The reader follows the file's graph along the
/// <see cref="ResNetLayout"/>, so a file with another network is refused.
/// </summary>
/// <remarks>
/// That network takes blue, green and red in 0..255, less their means. The result takes red, green and blue as torchvision normalises
/// them (<see cref="ChannelNormalisation.ImageNet"/>): the first convolution has no bias, so another order and another unit of the
/// channels are another order and another scale of its kernel.
/// </remarks>
public static class ResNetOnnxReader
{
    private const double LargestValue = 255;

    /// <summary>The file has epsilon as a float.</summary>
    private const double EpsilonRounding = 1e-9;

    /// <summary>The weights under torchvision's names (<c>layer1.0.conv1.weight</c>).</summary>
    /// <param name="file">The file from its current position to its end.</param>
    /// <param name="name">The file's name for messages.</param>
    /// <exception cref="InvalidInputException">Not an ONNX file, or the file of another network.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Read(Stream file, string name, ResNetLayout layout)
    {
        var walk = new Walk(name, Parse(file, name));
        layout.Apply(walk, walk.Input);
        var entry = $"{ResNetLayout.Stem.Name}.weight";
        walk.Weights[entry] = ToNormalisedColours(walk.Weights[entry]);
        return walk.Weights;
    }

    private static GraphProto Parse(Stream file, string name)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(file).Graph
                ?? throw new InvalidInputException($"{name}: expected an ONNX file, found one without a graph.");
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidInputException($"{name}: expected an ONNX file: {error.Message}", error);
        }
    }

    /// <summary>Filters x (blue, green, red) becomes filters x (red, green, blue), each in the unit of its deviation.</summary>
    private static WeightTensor ToNormalisedColours(WeightTensor kernel)
    {
        var (filters, colours) = ((int)kernel.Shape[0], (int)kernel.Shape[1]);
        var area = (int)(kernel.Shape[2] * kernel.Shape[3]);
        var values = new float[kernel.Values.Length];
        for (var filter = 0; filter < filters; filter++)
        {
            for (var colour = 0; colour < colours; colour++)
            {
                var scale = LargestValue * ChannelNormalisation.ImageNet.Deviation[colour];
                var (from, to) = (((filter * colours) + colours - 1 - colour) * area, ((filter * colours) + colour) * area);
                for (var pixel = 0; pixel < area; pixel++)
                {
                    values[to + pixel] = (float)(kernel.Values[from + pixel] * scale);
                }
            }
        }

        return kernel with { Values = values };
    }

    /// <summary>Finds each part of the layout among the nodes that read the value before it. What flows is the name of a value.</summary>
    private sealed class Walk : IResNetOperations<string>
    {
        private readonly string _file;
        private readonly ILookup<string, NodeProto> _readers;
        private readonly Dictionary<string, TensorProto> _tensors;

        public Walk(string file, GraphProto graph)
        {
            _file = file;
            _tensors = graph.Initializer.ToDictionary(tensor => tensor.Name);
            _readers = graph.Node.SelectMany(node => node.Input.Select(input => (Input: input, Node: node)))
                .ToLookup(read => read.Input, read => read.Node);
            Input = graph.Input.Select(input => input.Name).FirstOrDefault(input => !_tensors.ContainsKey(input))
                ?? throw new InvalidInputException($"{file}: the graph has no input.");
        }

        public string Input { get; }

        public Dictionary<string, WeightTensor> Weights { get; } = [];

        public string Convolve(ResNetConvolution conv, string input)
        {
            long[] shape = [conv.Out, conv.In, conv.Kernel, conv.Kernel];
            var node = Find("Conv", conv.Name, input, node => node.Input.Count == 2
                && _tensors.TryGetValue(node.Input[1], out var kernel) && kernel.Dims.SequenceEqual(shape)
                && Moves(node, conv.Kernel, conv.Stride, conv.Padding));
            Weights[$"{conv.Name}.weight"] = Tensor(node.Input[1], shape);
            var norm = Find("BatchNormalization", conv.BatchNorm, node.Output[0], node => node.Input.Count == 5
                && Attribute(node, "epsilon")?.F is { } epsilon && Math.Abs(epsilon - ResNetLayout.BatchNormEpsilon) < EpsilonRounding);
            string[] roles = ["weight", "bias", "running_mean", "running_var"];
            foreach (var (role, tensor) in roles.Zip(norm.Input.Skip(1)))
            {
                Weights[$"{conv.BatchNorm}.{role}"] = Tensor(tensor, [conv.Out]);
            }

            return norm.Output[0];
        }

        public string Pool(ResNetPooling pooling, string input) => Find(
            "MaxPool", pooling.Name, input, node => Moves(node, pooling.Size, pooling.Stride, pooling.Padding)).Output[0];

        public string Relu(string input, string name) => Find("Relu", name, input, _ => true).Output[0];

        public string Add(string features, string shortcut, string name) =>
            Find("Add", name, features, node => node.Input.Contains(shortcut)).Output[0];

        public void Release(string features)
        {
        }

        /// <summary>
        /// Whether the window is the layout's. At stride 2 a map with an even side needs one row less of padding at its end, and files
        /// may leave it out.
        /// </summary>
        private static bool Moves(NodeProto node, int kernel, int stride, int padding)
        {
            long[] start = [padding, padding];
            long[] least = [.. start.Select(zeros => Math.Max(0, zeros - stride + 1))];
            var pads = Attribute(node, "pads")?.Ints.ToArray() ?? [0, 0, 0, 0];
            return Attribute(node, "kernel_shape") is { } window && window.Ints.All(side => side == kernel)
                && Attribute(node, "strides") is { } strides && strides.Ints.All(step => step == stride)
                && pads.Take(2).SequenceEqual(start)
                && (pads.Skip(2).SequenceEqual(start) || pads.Skip(2).SequenceEqual(least));
        }

        private static AttributeProto? Attribute(NodeProto node, string name) =>
            node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

        private NodeProto Find(string operation, string part, string input, Func<NodeProto, bool> fits) =>
            _readers[input].FirstOrDefault(node => node.OpType == operation && fits(node)) ?? throw new InvalidInputException(
                $"{_file}: the network has no {operation} for {part}; expected the file of Microsoft.ML.DnnImageFeaturizer.ResNet18.");

        private WeightTensor Tensor(string name, long[] shape)
        {
            var tensor = _tensors.GetValueOrDefault(name);
            float[] values = tensor is null ? []
                : tensor.FloatData.Count > 0 ? [.. tensor.FloatData]
                : [.. MemoryMarshal.Cast<byte, float>(tensor.RawData.Span)];
            if (tensor is null || !tensor.Dims.SequenceEqual(shape)
                || values.Length != shape.Aggregate(1L, (product, size) => product * size))
            {
                throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
                    $"{_file}: expected {name} as float numbers of shape [{string.Join(", ", shape)}]."));
            }

            return new WeightTensor(shape, values);
        }
    }
}
