using Onnx;

namespace ServerlessFashion.Export;

/// <summary>The operators in use. Each method adds one, named after its output, and returns its value.</summary>
internal sealed partial class OnnxGraph
{
    public OnnxValue Convolution(OnnxValue input, string name, int filters, int kernel, (int Before, int After) pads, int stride, bool bias,
        int groups = 1)
    {
        var (height, width) = (Window(input.Shape[1]), Window(input.Shape[2]));
        string[] parameters = bias
            ? [Take($"{name}.weight", filters, input.Channels / groups, kernel, kernel), Take($"{name}.bias", filters)]
            : [Take($"{name}.weight", filters, input.Channels / groups, kernel, kernel)];
        return Node("Conv", [input.Name, .. parameters], name, [filters, height, width],
        [
            Ints("kernel_shape", kernel, kernel),
            Ints("strides", stride, stride),
            Ints("pads", pads.Before, pads.Before, pads.After, pads.After),
            .. groups > 1 ? new[] { Int("group", groups) } : [],
        ]);

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

    /// <summary>Windows of equal size and stride, without padding.</summary>
    public OnnxValue AveragePool(OnnxValue input, string name, int size) =>
        Node("AveragePool", [input.Name], name, [input.Channels, input.Shape[1] / size, input.Shape[2] / size],
            Ints("kernel_shape", size, size),
            Ints("strides", size, size));

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

    public OnnxValue Sum(IReadOnlyList<OnnxValue> values, string name) =>
        Node("Sum", [.. values.Select(value => value.Name)], name, values[0].Shape);

    public OnnxValue GlobalAveragePool(OnnxValue input, string name) =>
        Node("GlobalAveragePool", [input.Name], name, [input.Channels, 1, 1]);

    public OnnxValue Flatten(OnnxValue input, string name) =>
        Node("Flatten", [input.Name], name, [input.Shape.Aggregate(1, (product, size) => product * size)], Int("axis", 1));

    public OnnxValue Softmax(OnnxValue input, string output) => Node("Softmax", [input.Name], output, input.Shape, Int("axis", 1));

    /// <summary>Adds zeros before and after height and width.</summary>
    public OnnxValue ZeroPad(OnnxValue input, string name, int before, int after) =>
        Node("Pad", [input.Name, Integers($"{name}.pads", 0, 0, before, before, 0, 0, after, after)], name,
            [input.Channels, input.Shape[1] + before + after, input.Shape[2] + before + after]);

    /// <summary>
    /// Resizes height and width to <paramref name="side"/> by bilinear interpolation with pixel centres at halves and repeated
    /// edges, like PyTorch without aligned corners.
    /// </summary>
    public OnnxValue ResizeBilinear(OnnxValue input, string name, int side)
    {
        // The sizes in full rather than scales: 64 / 28 has no exact float.
        var batchAndChannels = Node("Shape", [input.Name], $"{name}.batch_and_channels", [], Int("start", 0), Int("end", 2));
        var sizes = Node("Concat", [batchAndChannels.Name, Integers($"{name}.sides", side, side)], $"{name}.sizes", [], Int("axis", 0));
        return Node("Resize", [input.Name, "", "", sizes.Name], name, [input.Channels, side, side],
            Text("mode", "linear"), Text("coordinate_transformation_mode", "half_pixel"));
    }

    /// <summary>The batch followed by its mirror images (left to right).</summary>
    public OnnxValue AppendMirrorImages(OnnxValue images, string name)
    {
        var mirrored = Node("Slice",
            [
                images.Name,
                Integers($"{name}.starts", -1), Integers($"{name}.ends", long.MinValue),
                Integers($"{name}.axes", 3), Integers($"{name}.steps", -1),
            ],
            $"{name}.images", images.Shape);
        return Node("Concat", [images.Name, mirrored.Name], $"{name}.batch", images.Shape, Int("axis", 0));
    }

    /// <summary>A row of n values in a batch of parts x N becomes parts x N x n, without a batch axis of its own in front.</summary>
    public OnnxValue SplitBatch(OnnxValue input, string name, int parts) =>
        Node("Reshape", [input.Name, Integers($"{name}.shape", parts, -1, input.Channels)], name, input.Shape);

    public OnnxValue MeanOverFirstAxis(OnnxValue input, string name) =>
        Node("ReduceMean", [input.Name], name, input.Shape, Ints("axes", 0), Int("keepdims", 0));

    /// <summary>Sums over <paramref name="axes"/>, counted with the batch axis as 0, and removes them.</summary>
    public OnnxValue ReduceSum(OnnxValue input, string name, params long[] axes) =>
        Node("ReduceSum", [input.Name, Integers($"{name}.axes", axes)], name,
            [.. input.Shape.Where((_, axis) => !axes.Contains(axis + 1))], Int("keepdims", 0));

    /// <summary>Appends an axis of length one.</summary>
    public OnnxValue Unsqueeze(OnnxValue input, string name, int axis) =>
        Node("Unsqueeze", [input.Name, Integers($"{name}.axes", axis)], name, [.. input.Shape, 1]);

    /// <summary>Adds values at the two ends of the last axis.</summary>
    public OnnxValue PadRows(OnnxValue input, string name, int before, int after, float value)
    {
        var others = new long[input.Shape.Length];
        var pads = Integers($"{name}.pads", [.. others, before, .. others, after]);
        return Node(
            "Pad", [input.Name, pads, Constant($"{name}.value", value)], name, [.. input.Shape[..^1], input.Shape[^1] + before + after]);
    }

    public OnnxValue Sigmoid(OnnxValue input, string name) => Node("Sigmoid", [input.Name], name, input.Shape);

    public OnnxValue Log(OnnxValue input, string output) => Node("Log", [input.Name], output, input.Shape);

    /// <summary>To the nearest whole number.</summary>
    public OnnxValue Round(OnnxValue input, string name) => Node("Round", [input.Name], name, input.Shape);

    public OnnxValue Add(OnnxValue input, float value, string name) =>
        Node("Add", [input.Name, Constant($"{name}.value", value)], name, input.Shape);

    public OnnxValue Maximum(OnnxValue input, float value, string name) =>
        Node("Max", [input.Name, Constant($"{name}.value", value)], name, input.Shape);

    public OnnxValue Multiply(OnnxValue input, float factor, string name) =>
        Node("Mul", [input.Name, Constant($"{name}.factor", factor)], name, input.Shape);

    /// <summary>Element by element; axes of length one are repeated.</summary>
    public OnnxValue Multiply(OnnxValue left, OnnxValue right, string name) =>
        Node("Mul", [left.Name, right.Name], name, Broadcast(left, right));

    public OnnxValue Divide(OnnxValue left, OnnxValue right, string name) =>
        Node("Div", [left.Name, right.Name], name, Broadcast(left, right));

    public OnnxValue Subtract(OnnxValue left, OnnxValue right, string name) =>
        Node("Sub", [left.Name, right.Name], name, Broadcast(left, right));

    /// <summary>One where left is at most right, zero elsewhere.</summary>
    public OnnxValue LessOrEqual(OnnxValue left, OnnxValue right, string name)
    {
        var holds = Node("LessOrEqual", [left.Name, right.Name], $"{name}.holds", Broadcast(left, right));
        return Node("Cast", [holds.Name], name, holds.Shape, Int("to", (long)TensorProto.Types.DataType.Float));
    }

    public OnnxValue RepeatChannels(OnnxValue input, string name, int times) =>
        Node("Concat", [.. Enumerable.Repeat(input.Name, times)], name,
            [input.Channels * times, input.Shape[1], input.Shape[2]], Int("axis", 1));

    private static int[] Broadcast(OnnxValue left, OnnxValue right) => [.. left.Shape.Zip(right.Shape, Math.Max)];
}
