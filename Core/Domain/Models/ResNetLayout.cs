namespace ServerlessFashion.Models;

/// <summary>
/// The shape of a ResNet without its classifier, in the layout and under the names of torchvision: He et al. 2015, table 1, with the
/// stride of a stage in its first 3x3 convolution. Convolutions have no bias; a BatchNorm follows each.
/// </summary>
public sealed class ResNetLayout
{
    /// <summary>Ratio of input to output height and width.</summary>
    public const int Reduction = 32;

    /// <summary>Epsilon of the base's BatchNorms in torchvision.</summary>
    public const double BatchNormEpsilon = 1e-5;

    /// <summary>Momentum of the base's BatchNorms in torchvision (PyTorch notation).</summary>
    public const double BatchNormMomentum = .1;

    private const int EntryChannels = 64;

    private readonly int _stages;

    private ResNetLayout(params ResNetStage[] stages)
    {
        _stages = stages.Length;
        Blocks = [.. MakeBlocks(stages)];
    }

    /// <summary>Sixteen blocks of a 1x1, a 3x3 and a 1x1 convolution.</summary>
    public static ResNetLayout ResNet50 { get; } = new(
        new(Blocks: 3, Width: 64, Stride: 1, Expansion: 4), new(4, 128, 2, 4), new(6, 256, 2, 4), new(3, 512, 2, 4));

    /// <summary>
    /// Nine blocks of two 3x3 convolutions, as in the file of ML.NET: its last stage has three blocks, one more than in the paper.
    /// </summary>
    public static ResNetLayout ResNet18 { get; } = new(
        new(Blocks: 2, Width: 64, Stride: 1, Expansion: 1), new(2, 128, 2, 1), new(2, 256, 2, 1), new(3, 512, 2, 1));

    /// <summary>The 7x7 convolution at the entry.</summary>
    public static ResNetConvolution Stem { get; } = new("conv1", "bn1", 3, EntryChannels, Kernel: 7, Stride: 2);

    /// <summary>The pooling behind the <see cref="Stem"/>.</summary>
    public static ResNetPooling Pooling { get; } = new("maxpool", Size: 3, Stride: 2, Padding: 1);

    /// <summary>The residual blocks in order.</summary>
    public IReadOnlyList<ResNetBlock> Blocks { get; }

    /// <summary>Output channels of the base.</summary>
    public int OutputChannels => Blocks[^1].Path[^1].Out;

    /// <summary>Every convolution in the order in which torchvision lists them.</summary>
    public IEnumerable<ResNetConvolution> Convolutions => Blocks.SelectMany(block => block.Convolutions).Prepend(Stem);

    /// <summary>The whole base as operations on features; networks, graphs and counts all follow this one description.</summary>
    public TFeatures Apply<TFeatures>(IResNetOperations<TFeatures> operations, TFeatures images)
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
    public IEnumerable<WeightDeclaration> WeightsOf(string name)
    {
        var entry = _stages + 1;
        var weights = WeightsOf(name, Stem).Select(weight => weight with { Group = entry, Block = Blocks.Count + 1 });
        return weights.Concat(Blocks.SelectMany((block, index) => WeightsOf(name, block).Select(
            weight => weight with { Group = entry - block.Stage, Block = Blocks.Count - index })));
    }

    /// <summary>Multiply-accumulates of every convolution for one image of <paramref name="side"/> pixels, a multiple of 32.</summary>
    public long MultiplyAccumulates(int side)
    {
        var count = new MultiplyAccumulateCount();
        Apply(count, side);
        return count.Total;
    }

    private static TFeatures Apply<TFeatures>(IResNetOperations<TFeatures> operations, ResNetBlock block, TFeatures input)
    {
        var activations = new List<TFeatures>();
        foreach (var (index, conv) in block.Path.SkipLast(1).Index())
        {
            var before = activations is [.., var last] ? last : input;
            activations.Add(operations.Relu(operations.Convolve(conv, before), $"{block.Name}.relu{index + 1}"));
        }

        var end = operations.Convolve(block.Path[^1], activations[^1]);
        var shortcut = block.Downsample is { } downsample ? operations.Convolve(downsample, input) : input;
        var sum = operations.Relu(operations.Add(end, shortcut, $"{block.Name}.add"), $"{block.Name}.relu{block.Path.Count}");
        activations.ForEach(operations.Release);
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
    private static IEnumerable<WeightDeclaration> WeightsOf(string name, ResNetBlock block) =>
        block.Convolutions.SelectMany(conv => WeightsOf(name, conv).Select(
            weight => conv == block.Path[^1] && weight.Role == WeightRole.Scale ? weight with { Start = WeightStart.Zeros } : weight));

    private static IEnumerable<WeightDeclaration> WeightsOf(string name, ResNetConvolution conv)
    {
        long[] kernel = [conv.Out, conv.In, conv.Kernel, conv.Kernel];
        return BatchNormalization.WeightsOf($"{name}.{conv.BatchNorm}", conv.Out)
            .Prepend(new($"{name}.{conv.Name}.weight", kernel, WeightRole.Kernel) { Start = WeightStart.HeNormal });
    }

    private static IEnumerable<ResNetBlock> MakeBlocks(IEnumerable<ResNetStage> stages)
    {
        var channels = EntryChannels;
        foreach (var (index, stage) in stages.Index())
        {
            for (var block = 0; block < stage.Blocks; block++)
            {
                var stride = block == 0 ? stage.Stride : 1;
                yield return stage.MakeBlock(index + 1, block, channels, stride);
                channels = stage.Width * stage.Expansion;
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
