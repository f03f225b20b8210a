namespace ServerlessFashion.Models;

/// <summary>A convolution without bias (padding half the kernel) and the BatchNorm after it.</summary>
/// <param name="Name">Name of the convolution, below <c>resnet50.</c></param>
/// <param name="BatchNorm">Name of the BatchNorm, below <c>resnet50.</c></param>
public sealed record ResNetConvolution(string Name, string BatchNorm, int In, int Out, int Kernel, int Stride)
{
    public int Padding => Kernel / 2;
}

/// <summary>A max pooling.</summary>
/// <param name="Name">Its name, below <c>resnet50.</c></param>
public sealed record ResNetPooling(string Name, int Size, int Stride, int Padding);

/// <summary>A residual block: 1x1, 3x3 and 1x1 convolution, ReLU after the first two and after the sum with the shortcut.</summary>
/// <param name="Stage">Its stage, counted from 1.</param>
/// <param name="Downsample">The shortcut's convolution; null if the shortcut is the input itself.</param>
public sealed record Bottleneck(
    string Name, int Stage, ResNetConvolution First, ResNetConvolution Second, ResNetConvolution Third, ResNetConvolution? Downsample)
{
    public IEnumerable<ResNetConvolution> Convolutions => Downsample is null ? [First, Second, Third] : [First, Second, Third, Downsample];
}

/// <summary>What <see cref="ResNet50Layout"/> is made of.</summary>
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
