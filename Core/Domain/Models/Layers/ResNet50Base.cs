using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>ResNet50 without its classifier, with the stride in the 3x3 convolution as torchvision has it.</summary>
public sealed record ResNet50Base : ResNetBase
{
    public override string BaseName => "resnet50";

    public override string Description => "ResNet50 base";

    public override ResNetLayout Layout => ResNetLayout.ResNet50;

    protected override ImageNetFile File => ImageNetFile.ResNet50;
}

[JsonDerivedType(typeof(ResNet50Base), "resNet50Base")]
public abstract partial record Layer;
