namespace ServerlessFashion.Models;

/// <summary>A published file with the weights of a base that was trained on ImageNet.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of its content. Every copy is checked against it.</param>
/// <param name="Source">Where it is published; null if the program brings it along.</param>
public sealed record ImageNetFile(string Name, string Sha256, Uri? Source)
{
    /// <summary>torchvision's ResNet50 (IMAGENET1K_V1), 98 MB, BSD licence. The name has the start of the hash.</summary>
    public static ImageNetFile ResNet50 { get; } = new(
        "resnet50-0676ba61.pth", "0676ba61b6795bbe1773cffd859882e5e297624d384b6993f7c9e683e722fb8a",
        new Uri("https://download.pytorch.org/models/resnet50-0676ba61.pth"));

    /// <summary>The ResNet18 of ML.NET (package Microsoft.ML.DnnImageFeaturizer.ResNet18), 61 MB, MIT licence.</summary>
    public static ImageNetFile ResNet18 { get; } = new(
        "ResNet18.onnx", "e2552f19db2dfdb01b3669537b6a0f1b44da38d18279535492ed5dfc2ef1ff8f", Source: null);

    /// <summary>The file for tables: <c>ImageNet (ResNet18.onnx)</c>.</summary>
    public override string ToString() => $"ImageNet ({Name})";
}
