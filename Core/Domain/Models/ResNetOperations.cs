namespace ServerlessFashion.Models;

/// <summary>A convolution without bias (padding half the kernel) and the BatchNorm after it.</summary>
/// <param name="Name">Name of the convolution, behind that of the base.</param>
/// <param name="BatchNorm">Name of the BatchNorm, behind that of the base.</param>
public sealed record ResNetConvolution(string Name, string BatchNorm, int In, int Out, int Kernel, int Stride)
{
    public int Padding => Kernel / 2;
}

/// <summary>A max pooling.</summary>
/// <param name="Name">Its name, behind that of the base.</param>
public sealed record ResNetPooling(string Name, int Size, int Stride, int Padding);

/// <summary>A residual block: convolutions in a row with ReLU between them, and ReLU after the sum with the shortcut.</summary>
/// <param name="Stage">Its stage, counted from 1.</param>
/// <param name="Path">The convolutions in their order.</param>
/// <param name="Downsample">The shortcut's convolution; null if the shortcut is the input itself.</param>
public sealed record ResNetBlock(string Name, int Stage, IReadOnlyList<ResNetConvolution> Path, ResNetConvolution? Downsample)
{
    public IEnumerable<ResNetConvolution> Convolutions => Downsample is null ? Path : [.. Path, Downsample];
}

/// <summary>Blocks of the same width.</summary>
/// <param name="Blocks">How many.</param>
/// <param name="Width">Channels of the 3x3 convolutions.</param>
/// <param name="Stride">Stride of the first block.</param>
/// <param name="Expansion">Channels of a block's output over <paramref name="Width"/>; 1 for blocks of two 3x3 convolutions.</param>
internal sealed record ResNetStage(int Blocks, int Width, int Stride, int Expansion)
{
    /// <param name="stage">Counted from 1.</param>
    /// <param name="block">Counted from 0.</param>
    /// <param name="channels">Channels of the input.</param>
    public ResNetBlock MakeBlock(int stage, int block, int channels, int stride)
    {
        var name = $"layer{stage}.{block}";
        var output = Width * Expansion;
        ResNetConvolution[] path = Expansion == 1
            ?
            [
                new($"{name}.conv1", $"{name}.bn1", channels, Width, Kernel: 3, stride),
                new($"{name}.conv2", $"{name}.bn2", Width, Width, Kernel: 3, Stride: 1),
            ]
            :
            [
                new($"{name}.conv1", $"{name}.bn1", channels, Width, Kernel: 1, Stride: 1),
                new($"{name}.conv2", $"{name}.bn2", Width, Width, Kernel: 3, stride),
                new($"{name}.conv3", $"{name}.bn3", Width, output, Kernel: 1, Stride: 1),
            ];
        var downsample = stride == 1 && channels == output
            ? null
            : new ResNetConvolution($"{name}.downsample.0", $"{name}.downsample.1", channels, output, Kernel: 1, stride);
        return new ResNetBlock(name, stage, path, downsample);
    }
}

/// <summary>What a <see cref="ResNetLayout"/> is made of.</summary>
/// <typeparam name="TFeatures">What flows through the network: a tensor, a value of a graph, a size.</typeparam>
public interface IResNetOperations<TFeatures>
{
    /// <summary>Convolution and BatchNorm.</summary>
    TFeatures Convolve(ResNetConvolution conv, TFeatures input);

    TFeatures Pool(ResNetPooling pooling, TFeatures input);

    /// <summary>It may change <paramref name="input"/>, which nothing else reads.</summary>
    TFeatures Relu(TFeatures input, string name);

    /// <summary>It may change <paramref name="features"/>, which nothing else reads.</summary>
    TFeatures Add(TFeatures features, TFeatures shortcut, string name);

    /// <summary>Nothing reads <paramref name="features"/> any more.</summary>
    void Release(TFeatures features);
}
