namespace ServerlessFashion.Models;

/// <summary>
/// The shape of ResNet50 without its classifier, in the layout and under the names of torchvision: He et al. 2015,
/// table 1, with the stride of a stage in the 3x3 convolution. Convolutions have no bias; a BatchNorm follows each.
/// </summary>
public static class ResNet50Layout
{
    /// <summary>Output channels of the base.</summary>
    public const int OutputChannels = 2048;

    /// <summary>Ratio of input to output height and width.</summary>
    public const int Reduction = 32;

    /// <summary>Epsilon of the base's BatchNorms in torchvision.</summary>
    public const double BatchNormEpsilon = 1e-5;

    /// <summary>Momentum of the base's BatchNorms in torchvision (PyTorch notation).</summary>
    public const double BatchNormMomentum = .1;

    private const int Expansion = 4;

    /// <summary>Blocks, channels of the 3x3 convolution and stride of each stage.</summary>
    private static readonly (int Blocks, int Width, int Stride)[] Stages = [(3, 64, 1), (4, 128, 2), (6, 256, 2), (3, 512, 2)];

    /// <summary>The 7x7 convolution at the entry.</summary>
    public static ResNetConvolution Stem { get; } = new("conv1", "bn1", 3, 64, Kernel: 7, Stride: 2);

    /// <summary>The pooling behind the <see cref="Stem"/>.</summary>
    public static ResNetPooling Pooling { get; } = new("maxpool", Size: 3, Stride: 2, Padding: 1);

    /// <summary>The sixteen residual blocks in order.</summary>
    public static IReadOnlyList<Bottleneck> Blocks { get; } = [.. MakeBlocks()];

    /// <summary>Every convolution in the order in which torchvision lists them.</summary>
    public static IEnumerable<ResNetConvolution> Convolutions => Blocks.SelectMany(block => block.Convolutions).Prepend(Stem);

    /// <summary>The whole base as operations on features; networks, graphs and counts all follow this one description.</summary>
    public static TFeatures Apply<TFeatures>(IResNetOperations<TFeatures> operations, TFeatures images)
    {
        var stem = operations.Relu(operations.Convolve(Stem, images), "relu");
        var features = operations.Pool(Pooling, stem);
        operations.Release(stem);
        foreach (var block in Blocks)
        {
            var next = Apply(operations, block, features);
            operations.Release(features);
            features = next;
        }

        return features;
    }

    /// <summary>The weights in torchvision's order, each name behind that of the layer.</summary>
    public static IEnumerable<WeightDeclaration> WeightsOf(string name)
    {
        var entry = Stages.Length + 1;
        var weights = WeightsOf(name, Stem).Select(weight => weight with { Group = entry, Block = Blocks.Count + 1 });
        return weights.Concat(Blocks.SelectMany((block, index) => WeightsOf(name, block).Select(
            weight => weight with { Group = entry - block.Stage, Block = Blocks.Count - index })));
    }

    /// <summary>Multiply-accumulates of every convolution for one image of <paramref name="side"/> pixels, a multiple of 32.</summary>
    public static long MultiplyAccumulates(int side)
    {
        var count = new MultiplyAccumulateCount();
        Apply(count, side);
        return count.Total;
    }

    private static TFeatures Apply<TFeatures>(IResNetOperations<TFeatures> operations, Bottleneck block, TFeatures input)
    {
        var first = operations.Relu(operations.Convolve(block.First, input), $"{block.Name}.relu1");
        var second = operations.Relu(operations.Convolve(block.Second, first), $"{block.Name}.relu2");
        var third = operations.Convolve(block.Third, second);
        var shortcut = block.Downsample is { } downsample ? operations.Convolve(downsample, input) : input;
        var sum = operations.Relu(operations.Add(third, shortcut, $"{block.Name}.add"), $"{block.Name}.relu3");
        operations.Release(first);
        operations.Release(second);
        if (block.Downsample is not null)
        {
            operations.Release(shortcut);
        }

        return sum;
    }

    /// <summary>
    /// Each block starts as its shortcut: sixteen random blocks on top of each other would double the variance sixteen times
    /// (Goyal et al. 2017, section 5.1).
    /// </summary>
    private static IEnumerable<WeightDeclaration> WeightsOf(string name, Bottleneck block) =>
        block.Convolutions.SelectMany(conv => WeightsOf(name, conv).Select(
            weight => conv == block.Third && weight.Role == WeightRole.Scale ? weight with { Start = WeightStart.Zeros } : weight));

    private static IEnumerable<WeightDeclaration> WeightsOf(string name, ResNetConvolution conv)
    {
        long[] kernel = [conv.Out, conv.In, conv.Kernel, conv.Kernel];
        return BatchNormalization.WeightsOf($"{name}.{conv.BatchNorm}", conv.Out)
            .Prepend(new($"{name}.{conv.Name}.weight", kernel, WeightRole.Kernel) { Start = WeightStart.HeNormal });
    }

    private static IEnumerable<Bottleneck> MakeBlocks()
    {
        var channels = Stem.Out;
        foreach (var (index, (blocks, width, stageStride)) in Stages.Index())
        {
            for (var block = 0; block < blocks; block++)
            {
                var stage = index + 1;
                var name = $"layer{stage}.{block}";
                var stride = block == 0 ? stageStride : 1;
                yield return new Bottleneck(
                    name,
                    stage,
                    new($"{name}.conv1", $"{name}.bn1", channels, width, Kernel: 1, Stride: 1),
                    new($"{name}.conv2", $"{name}.bn2", width, width, Kernel: 3, stride),
                    new($"{name}.conv3", $"{name}.bn3", width, width * Expansion, Kernel: 1, Stride: 1),
                    block == 0
                        ? new($"{name}.downsample.0", $"{name}.downsample.1", channels, width * Expansion, Kernel: 1, stride)
                        : null);
                channels = width * Expansion;
            }
        }
    }

    /// <summary>Follows the side of the feature maps and counts.</summary>
    private sealed class MultiplyAccumulateCount : IResNetOperations<int>
    {
        public long Total { get; private set; }

        public int Convolve(ResNetConvolution conv, int input)
        {
            var side = input / conv.Stride;
            Total += (long)side * side * conv.Out * conv.In * conv.Kernel * conv.Kernel;
            return side;
        }

        public int Pool(ResNetPooling pooling, int input) => input / pooling.Stride;

        public int Relu(int input, string name) => input;

        public int Add(int features, int shortcut, string name) => features;

        public void Release(int features)
        {
        }
    }
}
