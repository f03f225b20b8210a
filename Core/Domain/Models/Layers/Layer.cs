using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>
/// One layer of a <see cref="ModelSpec"/>. A layer owns everything about it that needs no tensors: its JSON kind, its name, its shape
/// rule, its weights and its summary line. A file with a new kind adds its own <see cref="JsonDerivedTypeAttribute"/> to this record and
/// its own method to <see cref="ILayerVisitor{TFeatures}"/>; the compiler then asks for its forward pass and its ONNX form.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
public abstract partial record Layer
{
    /// <summary>Most output channels or units of a layer in a spec of a user.</summary>
    public const int MostChannels = 16_384;

    /// <summary>Largest side of a window and its stride, in pixels.</summary>
    public const int LargestWindow = 64;

    /// <summary>Keras's name of the first layer of the kind in a model: <c>conv2d</c>.</summary>
    public abstract string BaseName { get; }

    /// <summary>The layer in words, as a model's summary shows it: <c>Conv2D 32 3x3 same, ReLU</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Where the channels of the output come from. The default value is <see cref="ChannelFlow.Fixed"/>.</summary>
    public virtual ChannelFlow Channels => ChannelFlow.Fixed;

    /// <summary>Share of the features that training sets to zero at random; null where no feature is dropped.</summary>
    public virtual double? DropRate => null;

    /// <summary>The file with ImageNet weights from which training starts; null for random weights. The default value is null.</summary>
    public virtual ImageNetFile? ImageNet => null;

    /// <summary>The shape that comes out; null where the layer cannot take <paramref name="input"/>.</summary>
    public abstract FeatureShape? OutputOf(FeatureShape input);

    /// <summary>What the layer needs where <see cref="OutputOf"/> is null, for people; null if the shapes say it.</summary>
    public virtual string? Needs(FeatureShape input) => input.Side is null ? "it needs maps, and these features are flat" : null;

    /// <summary>The layer's weights in the order in which they are initialised and stored. The default value is none.</summary>
    /// <param name="name">The layer's name in its model, the prefix of each weight's name.</param>
    public virtual IEnumerable<WeightDeclaration> WeightsOf(string name, FeatureShape input) => [];

    /// <summary>The layers in this one, in the order of their weights. The default value is none.</summary>
    public virtual IReadOnlyList<LayerPlan> PartsOf(string name, FeatureShape input) => [];

    /// <summary>Multiply-accumulates of convolutions and matrix products for one image. The default value is 0.</summary>
    public virtual long MultiplyAccumulates(FeatureShape input, FeatureShape output) => 0;

    /// <summary>The same layer with another number of output channels; itself unless it makes its channels.</summary>
    public virtual Layer WithChannels(Func<int, int> channels) => this;

    /// <summary>The same layer with another <see cref="DropRate"/>; itself if it drops nothing.</summary>
    public virtual Layer WithDropRate(double rate) => this;

    /// <summary>Calls the visitor's method for this kind of layer.</summary>
    public abstract TFeatures Accept<TFeatures>(ILayerVisitor<TFeatures> visitor, LayerPlan plan, TFeatures input);
}

/// <summary>What a computation does at each kind of layer: one method a kind, declared in the file of the kind.</summary>
/// <typeparam name="TFeatures">What flows from layer to layer: a tensor, a value of a graph.</typeparam>
public partial interface ILayerVisitor<TFeatures>;

/// <summary>Where the output channels of a layer come from.</summary>
public enum ChannelFlow
{
    /// <summary>They cannot be chosen.</summary>
    Fixed,

    /// <summary>The layer's kernel makes them, so each can be left out.</summary>
    Made,

    /// <summary>Each is made from the input channel of the same number, by weights of its own if the layer has weights.</summary>
    Kept,

    /// <summary>Each input channel becomes a row of neighbouring features.</summary>
    Spread,
}

public enum Activation
{
    Linear,
    Relu,
}
