namespace ServerlessFashion.Export;

/// <summary>
/// ResNet50 without its classifier, 3 channels in and 2048 out at a thirty-second of the size (He et al. 2015,
/// "Deep Residual Learning for Image Recognition", table 1), with torchvision's weight names and its stride in the
/// 3x3 convolution.
/// </summary>
internal static class ResNet50Graph
{
    private const float Epsilon = 1e-5f;
    private const int Expansion = 4;
    private static readonly int[] Blocks = [3, 4, 6, 3];

    /// <summary>Adds the base with all weights under <paramref name="name"/> and a dot.</summary>
    public static OnnxValue Add(OnnxGraph graph, string name, OnnxValue images)
    {
        var stem = Convolution(graph, images, $"{name}.conv1", $"{name}.bn1", filters: 64, kernel: 7, stride: 2);
        var value = graph.MaxPool(graph.Relu(stem, $"{name}.relu"), $"{name}.maxpool", size: 3, stride: 2, padding: 1);
        for (var layer = 0; layer < Blocks.Length; layer++)
        {
            for (var block = 0; block < Blocks[layer]; block++)
            {
                var stride = layer > 0 && block == 0 ? 2 : 1;
                value = Bottleneck(graph, value, $"{name}.layer{layer + 1}.{block}", width: 64 << layer, stride);
            }
        }

        return value;
    }

    private static OnnxValue Bottleneck(OnnxGraph graph, OnnxValue input, string name, int width, int stride)
    {
        var output = width * Expansion;
        var value = Convolution(graph, input, $"{name}.conv1", $"{name}.bn1", width, kernel: 1, stride: 1);
        value = Convolution(graph, graph.Relu(value, $"{name}.relu1"), $"{name}.conv2", $"{name}.bn2", width, kernel: 3, stride);
        value = Convolution(graph, graph.Relu(value, $"{name}.relu2"), $"{name}.conv3", $"{name}.bn3", output, kernel: 1, stride: 1);

        var shortcut = stride != 1 || input.Channels != output
            ? Convolution(graph, input, $"{name}.downsample.0", $"{name}.downsample.1", output, kernel: 1, stride)
            : input;
        return graph.Relu(graph.Sum(value, shortcut, $"{name}.add"), $"{name}.relu3");
    }

    private static OnnxValue Convolution(OnnxGraph graph, OnnxValue input, string name, string norm, int filters, int kernel, int stride)
    {
        var value = graph.Convolution(input, name, filters, kernel, (kernel / 2, kernel / 2), stride, bias: false);
        return graph.BatchNormalization(value, norm, Epsilon);
    }
}
