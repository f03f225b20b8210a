using System.Reflection;
using System.Text.Json.Serialization;
using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Layers;

public class LayerTests
{
    private static readonly Layer[] Kinds =
    [
        new Conv2D(16, 3, Padding.Same), new MaxPool2D(2), new BatchNormalization(), new Dropout(.2), new Flatten(), new Dense(8),
        new GlobalAveragePooling2D(), new ResNet50Base(), new ResNet18Base(), new DepthwiseConv2D(3, Padding.Same), new AveragePooling2D(2),
        new ResidualBlock([new Flatten()]),
    ];

    [Fact]
    public void Kinds_InASpec_HaveEachAJsonKind() => Assert.Equal(
        Kinds.Select(layer => layer.GetType()).ToHashSet(),
        typeof(Layer).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType).ToHashSet());

    [Fact]
    public void BaseName_Kinds_DifferFromEachOther() =>
        Assert.Equal(Kinds.Length, Kinds.Select(layer => layer.BaseName).Distinct().Count());

    [Fact]
    public void WithChannels_OtherLayer_IsItself() => Assert.All(
        Kinds.Where(layer => layer.Channels != ChannelFlow.Made), layer => Assert.Same(layer, layer.WithChannels(_ => 1)));
}
