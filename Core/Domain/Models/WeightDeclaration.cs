namespace ServerlessFashion.Models;

/// <summary>The role of a weight. It determines the initial value, and whether gradients change it.</summary>
public enum WeightRole
{
    /// <summary>Convolution (out x in x height x width) or Dense (out x in) kernel.</summary>
    Kernel,
    Bias,

    /// <summary>BatchNorm's gamma.</summary>
    Scale,

    /// <summary>BatchNorm's beta.</summary>
    Shift,

    /// <summary>BatchNorm's running mean: changed by the forward pass, never by a gradient.</summary>
    MovingMean,

    /// <summary>BatchNorm's running variance: changed by the forward pass, never by a gradient.</summary>
    MovingVariance,

    /// <summary>A number of <see cref="LatentOffsets"/>: found before the training and fixed afterwards.</summary>
    Constant,
}

/// <summary>How the values of a weight start.</summary>
public enum WeightStart
{
    Zeros,
    Ones,

    /// <summary>Uniform in +-sqrt(6 / (fan in + fan out)), both times the kernel's area (Glorot and Bengio 2010), as in Keras.</summary>
    GlorotUniform,

    /// <summary>Normal with standard deviation sqrt(2 / fan out) (He et al. 2015), as in torchvision.</summary>
    HeNormal,
}

/// <summary>One weight of a network: its full name (<c>conv2d.weight</c>), its shape in PyTorch's order and its role.</summary>
public sealed record WeightDeclaration(string Name, long[] Shape, WeightRole Role)
{
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>
    /// How the values start. The default value is <see cref="WeightStart.GlorotUniform"/> for kernels,
    /// <see cref="WeightStart.Ones"/> for scales and variances and <see cref="WeightStart.Zeros"/> for others.
    /// </summary>
    public WeightStart Start { get; init; } = Role switch
    {
        WeightRole.Kernel => WeightStart.GlorotUniform,
        WeightRole.Scale or WeightRole.MovingVariance => WeightStart.Ones,
        _ => WeightStart.Zeros,
    };

    /// <summary>Values that the weight starts with instead of <see cref="Start"/>. The default value is null.</summary>
    public float[]? StartValues { get; init; }

    /// <summary>
    /// The layer group, counted downwards from the output: 0 is the head, and a pretrained base has groups from 1 on. The default value
    /// is 0: a network without a base is one group.
    /// </summary>
    public int Group { get; init; }

    /// <summary>
    /// The residual block of a base, counted downwards from the output and from 1. The default value is 0: outside a base.
    /// </summary>
    public int Block { get; init; }

    public bool IsHead => Group == 0;

    /// <summary>False for moving statistics and constants.</summary>
    public bool TakesGradient => Role is not (WeightRole.MovingMean or WeightRole.MovingVariance or WeightRole.Constant);
}
