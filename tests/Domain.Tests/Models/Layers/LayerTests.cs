using System.Reflection;
using System.Text.Json.Serialization;
using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Layers;

public class LayerTests
{
    private static readonly Layer[] Kinds =
    [
        new Conv2D(16, 3, Padding.Same), new MaxPool2D(2), new BatchNormalization(), new Dropout(.2), new Flatten(), new Dense(8),
        new GlobalAveragePooling2D(), new ResNet50Base(),
    ];

    [Fact]
    public void Kinds_InASpec_HaveEachAJsonKind() => Assert.Equal(
        Kinds.Select(layer => layer.GetType()).ToHashSet(),
        typeof(Layer).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType).ToHashSet());

    [Fact]
    public void BaseName_Kinds_DifferFromEachOther() =>
        Assert.Equal(Kinds.Length, Kinds.Select(layer => layer.BaseName).Distinct().Count());

    [Fact]
    public void WithChannels_LayerThatMakesItsChannels_HasThem()
    {
        Assert.Equal(new Conv2D(8, 3, Padding.Same), new Conv2D(16, 3, Padding.Same).WithChannels(channels => channels / 2));
        Assert.Equal(new Dense(24), new Dense(8).WithChannels(channels => channels * 3));
    }

    [Fact]
    public void WithChannels_OtherLayer_IsItself() => Assert.All(
        Kinds.Where(layer => layer.Channels != ChannelFlow.Made), layer => Assert.Same(layer, layer.WithChannels(_ => 1)));

    /// <summary>Shapes by hand.</summary>
    [Fact]
    public void OutputOf_FeaturesThatFit_AreAsKerasGivesThem()
    {
        var maps = new FeatureShape(3, 9);

        Assert.Equal(new FeatureShape(16, 7), new Conv2D(16, 3, Padding.Valid).OutputOf(maps));
        Assert.Equal(new FeatureShape(16, 5), new Conv2D(16, 3, Padding.Same) { Stride = 2 }.OutputOf(maps));
        Assert.Equal(new FeatureShape(3, 4), new MaxPool2D(2).OutputOf(maps));
        Assert.Equal(new FeatureShape(243, null), new Flatten().OutputOf(maps));
        Assert.Equal(new FeatureShape(3, null), new GlobalAveragePooling2D().OutputOf(maps));
        Assert.Equal(new FeatureShape(8, null), new Dense(8).OutputOf(new FeatureShape(5, null)));
        Assert.Equal(new FeatureShape(2048, 2), new ResNet50Base().OutputOf(new FeatureShape(3, 64)));
    }

    [Fact]
    public void OutputOf_FeaturesThatDoNotFit_IsNull()
    {
        Assert.Null(new Conv2D(16, 5, Padding.Valid).OutputOf(new FeatureShape(1, 4)));
        Assert.Null(new Conv2D(16, 4, Padding.Same).OutputOf(new FeatureShape(1, 8)));
        Assert.Null(new Conv2D(16, 3, Padding.Same).OutputOf(new FeatureShape(1, null)));
        Assert.Null(new MaxPool2D(3).OutputOf(new FeatureShape(1, 2)));
        Assert.Null(new Flatten().OutputOf(new FeatureShape(9, null)));
        Assert.Null(new Dense(8).OutputOf(new FeatureShape(1, 4)));
        Assert.Null(new ResNet50Base().OutputOf(new FeatureShape(3, 28)));
    }
}
