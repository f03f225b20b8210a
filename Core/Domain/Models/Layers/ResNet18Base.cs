using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>ResNet18 without its classifier, as in the file of ML.NET. The program brings the weights along.</summary>
public sealed record ResNet18Base : ResNetBase
{
    public override string BaseName => "resnet18";

    public override string Description => "ResNet18 base";

    public override ResNetLayout Layout => ResNetLayout.ResNet18;

    protected override ImageNetFile File => ImageNetFile.ResNet18;
}

[JsonDerivedType(typeof(ResNet18Base), "resNet18Base")]
public abstract partial record Layer;
