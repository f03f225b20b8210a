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

    private const string LastBatchNorm = "bn3";

    /// <summary>The 7x7 convolution at the entry; a 3x3 max pooling with stride 2 and padding 1 follows.</summary>
    public static ResNetConvolution Stem { get; } = new("conv1", "bn1", 3, 64, Kernel: 7, Stride: 2);

    /// <summary>The sixteen residual blocks in order.</summary>
    public static IReadOnlyList<Bottleneck> Blocks { get; } = [.. MakeBlocks()];

    /// <summary>The last two residual blocks, which the study fine-tunes: <c>layer4.1</c> and <c>layer4.2</c>.</summary>
    public static IReadOnlyList<Bottleneck> LastTwoBlocks { get; } = [.. Blocks.TakeLast(2)];

    /// <summary>Every convolution in the order in which torchvision lists them.</summary>
    public static IEnumerable<ResNetConvolution> Convolutions => Blocks.SelectMany(block => block.Convolutions).Prepend(Stem);

    /// <summary>Multiply-accumulates of every convolution for one image of <paramref name="side"/> pixels, a multiple of 32.</summary>
    public static long MultiplyAccumulates(int side)
    {
        var at = side / Stem.Stride;
        var total = Of(Stem, at);
        at /= 2; // the max pooling
        foreach (var block in Blocks)
        {
            total += Of(block.First, at);
            at /= block.Second.Stride;
            total += Of(block.Second, at) + Of(block.Third, at) + (block.Downsample is { } downsample ? Of(downsample, at) : 0);
        }

        return total;

        static long Of(ResNetConvolution conv, int outputSide) => (long)outputSide * outputSide * conv.Out * conv.In * conv.Kernel * conv.Kernel;
    }

    /// <summary>True if a weight belongs to the last BatchNorm of a residual block, before the shortcut is added.</summary>
    public static bool ClosesABlock(string weight) => weight.Contains($".{LastBatchNorm}.", StringComparison.Ordinal);

    private static IEnumerable<Bottleneck> MakeBlocks()
    {
        (int Blocks, int Width, int Stride)[] stages = [(3, 64, 1), (4, 128, 2), (6, 256, 2), (3, 512, 2)];
        var channels = Stem.Out;
        for (var stage = 0; stage < stages.Length; stage++)
        {
            var (blocks, width, stageStride) = stages[stage];
            for (var block = 0; block < blocks; block++)
            {
                var name = $"layer{stage + 1}.{block}";
                var stride = block == 0 ? stageStride : 1;
                yield return new Bottleneck(
                    name,
                    new($"{name}.conv1", $"{name}.bn1", channels, width, Kernel: 1, Stride: 1),
                    new($"{name}.conv2", $"{name}.bn2", width, width, Kernel: 3, stride),
                    new($"{name}.conv3", $"{name}.{LastBatchNorm}", width, width * Expansion, Kernel: 1, Stride: 1),
                    block == 0 ? new($"{name}.downsample.0", $"{name}.downsample.1", channels, width * Expansion, Kernel: 1, stride) : null);
                channels = width * Expansion;
            }
        }
    }
}

/// <summary>A convolution without bias (padding half the kernel) and the BatchNorm after it.</summary>
/// <param name="Name">Name of the convolution, below <c>resnet50.</c></param>
/// <param name="BatchNorm">Name of the BatchNorm, below <c>resnet50.</c></param>
public sealed record ResNetConvolution(string Name, string BatchNorm, int In, int Out, int Kernel, int Stride)
{
    public int Padding => Kernel / 2;
}

/// <summary>A residual block: 1x1, 3x3 and 1x1 convolution, ReLU after the first two and after the sum with the shortcut.</summary>
/// <param name="Downsample">The shortcut's convolution; null if the shortcut is the input itself.</param>
public sealed record Bottleneck(string Name, ResNetConvolution First, ResNetConvolution Second, ResNetConvolution Third, ResNetConvolution? Downsample)
{
    public IEnumerable<ResNetConvolution> Convolutions => Downsample is null ? [First, Second, Third] : [First, Second, Third, Downsample];
}
