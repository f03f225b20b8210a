namespace ServerlessFashion.Models;

/// <summary>One layer of a <see cref="ModelSpec"/>.</summary>
public abstract record Layer;

/// <summary>Square convolution with Glorot-uniform kernel and zero bias.</summary>
public sealed record Conv2D(int Filters, int Kernel, Padding Padding, Activation Activation = Activation.Relu) : Layer
{
    /// <summary>Distance between windows in pixels. The default value is 1.</summary>
    public int Stride { get; init; } = 1;
}

/// <summary>Max pooling with equal size and stride; an incomplete border window is dropped.</summary>
public sealed record MaxPool2D(int Size) : Layer;

/// <summary>Batch normalisation over channels with Keras's epsilon 1e-3.</summary>
public sealed record BatchNormalization : Layer
{
    /// <summary>Share of the moving statistics that a step keeps. The default value is .99 (.01 in PyTorch notation), as in Keras.</summary>
    public double Momentum { get; init; } = .99;
}

/// <summary>Inverted dropout: each element is zeroed with probability <paramref name="Rate"/>, the rest divided by 1 - rate.</summary>
public sealed record Dropout(double Rate) : Layer;

/// <summary>Flattens features to one row, in channel-height-width order.</summary>
public sealed record Flatten : Layer;

/// <summary>Fully connected, Glorot-uniform kernel and zero bias.</summary>
public sealed record Dense(int Units, Activation Activation = Activation.Relu) : Layer;

/// <summary>Mean over height and width.</summary>
public sealed record GlobalAveragePooling2D : Layer;

/// <summary>ResNet50 without its classifier (He et al. 2015, stride in the 3x3 convolution as torchvision has it), ImageNet weights.</summary>
public sealed record ResNet50Base : Layer;

public enum Padding
{
    /// <summary>No padding: a 3x3 kernel reduces height and width by two.</summary>
    Valid,

    /// <summary>Half a kernel of zeros on every side: keeps height and width at stride 1.</summary>
    Same,
}

public enum Activation
{
    Linear,
    Relu,
}
