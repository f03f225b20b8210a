using ServerlessFashion.Models;

namespace ServerlessFashion.Export;

/// <summary>The ONNX form of each kind of layer: the one place that turns a layer into nodes.</summary>
/// <param name="images">Grey images (1 x 28 x 28, 0..1), for the layers of heads that read the brightness.</param>
/// <param name="outputOf">Name of a layer's value.</param>
internal sealed class LayerGraph(OnnxGraph graph, OnnxValue images, Func<LayerPlan, string> outputOf) : ILayerVisitor<OnnxValue>
{
    public OnnxValue Visit(Conv2D layer, LayerPlan plan, OnnxValue input) => Activate(layer.Activation, plan, graph.Convolution(
        input, plan.Name, layer.Filters, layer.Kernel, Pads(layer.Padding, layer.Kernel), layer.Stride, bias: true));

    public OnnxValue Visit(DepthwiseConv2D layer, LayerPlan plan, OnnxValue input) => Activate(layer.Activation, plan, graph.Convolution(
        input, plan.Name, input.Channels, layer.Kernel, Pads(layer.Padding, layer.Kernel), layer.Stride, bias: true,
        groups: input.Channels));

    public OnnxValue Visit(AveragePooling2D layer, LayerPlan plan, OnnxValue input) => graph.AveragePool(input, plan.Name, layer.Size);

    public OnnxValue Visit(ResidualBlock layer, LayerPlan plan, OnnxValue input)
    {
        var body = plan.Parts.Take(layer.Layers.Count).Aggregate(input, (value, part) => part.Layer.Accept(this, part, value));
        var shortcut = layer.ShortcutOf(plan) is { } projection ? projection.Layer.Accept(this, projection, input) : input;
        return Activate(layer.Activation, plan, graph.Sum(body, shortcut, $"{plan.Name}.sum"));
    }

    public OnnxValue Visit(MaxPool2D layer, LayerPlan plan, OnnxValue input) =>
        graph.MaxPool(input, plan.Name, layer.Size, stride: layer.Size, padding: 0);

    public OnnxValue Visit(BatchNormalization layer, LayerPlan plan, OnnxValue input) =>
        graph.BatchNormalization(input, plan.Name, (float)BatchNormalization.Epsilon);

    public OnnxValue Visit(Dropout layer, LayerPlan plan, OnnxValue input) => input;

    public OnnxValue Visit(Flatten layer, LayerPlan plan, OnnxValue input) => graph.Flatten(input, plan.Name);

    public OnnxValue Visit(Dense layer, LayerPlan plan, OnnxValue input) =>
        Activate(layer.Activation, plan, graph.Dense(input, plan.Name, layer.Units, outputOf(plan)));

    public OnnxValue Visit(GlobalAveragePooling2D layer, LayerPlan plan, OnnxValue input) =>
        graph.Flatten(graph.GlobalAveragePool(input, plan.Name), $"{plan.Name}.flatten");

    public OnnxValue Visit(ResNetBase layer, LayerPlan plan, OnnxValue input) =>
        layer.Layout.Apply(new ResNetGraph(graph, plan.Name), input);

    public OnnxValue Visit(LatentOffsets layer, LayerPlan plan, OnnxValue input) =>
        BrightnessGraph.LatentOffsets(graph, plan.Name, input, images, outputOf(plan));

    public OnnxValue Visit(GarmentRule layer, LayerPlan plan, OnnxValue input) =>
        BrightnessGraph.GarmentRule(graph, plan.Name, input, images, outputOf(plan));

    /// <summary>Zeros before and after each axis. For an even kernel, Keras puts the extra one at the end.</summary>
    private static (int Before, int After) Pads(Padding padding, int kernel)
    {
        var total = padding == Padding.Same ? kernel - 1 : 0;
        return (total / 2, total - (total / 2));
    }

    private OnnxValue Activate(Activation activation, LayerPlan plan, OnnxValue value) => activation switch
    {
        Activation.Linear => value,
        Activation.Relu => graph.Relu(value, $"{plan.Name}.relu"),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "An activation without an ONNX form."),
    };

    /// <summary>The parts of a <see cref="ResNetLayout"/> as nodes, every name behind that of the layer.</summary>
    private sealed class ResNetGraph(OnnxGraph graph, string name) : IResNetOperations<OnnxValue>
    {
        public OnnxValue Convolve(ResNetConvolution conv, OnnxValue input)
        {
            var value = graph.Convolution(
                input, $"{name}.{conv.Name}", conv.Out, conv.Kernel, (conv.Padding, conv.Padding), conv.Stride, bias: false);
            return graph.BatchNormalization(value, $"{name}.{conv.BatchNorm}", (float)ResNetLayout.BatchNormEpsilon);
        }

        public OnnxValue Pool(ResNetPooling pooling, OnnxValue input) =>
            graph.MaxPool(input, $"{name}.{pooling.Name}", pooling.Size, pooling.Stride, pooling.Padding);

        public OnnxValue Relu(OnnxValue input, string relu) => graph.Relu(input, $"{name}.{relu}");

        public OnnxValue Add(OnnxValue features, OnnxValue shortcut, string sum) => graph.Sum(features, shortcut, $"{name}.{sum}");

        public void Release(OnnxValue features)
        {
        }
    }
}
