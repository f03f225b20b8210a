using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Export.Tests;

public class ResNetOnnxReaderTests
{
    /// <summary>Colour images of 32 pixels enter the base as they are, so the exported graph begins with the base.</summary>
    private static readonly ClassLabels Colour = ClassLabels.Five with { Images = new ImageShape(32, 3) };

    /// <summary>The file's network takes blue first, in 0..255; the base takes red first, divided by torchvision's .229.</summary>
    [Fact]
    public void Read_ExportedResNet18_GivesItsWeightsWithTheColoursInTheOtherOrder()
    {
        var weights = RandomWeights.Of("resnet18", seed: 1);

        var read = ResNetOnnxReader.Read(Export("resnet18", weights), "file", ResNetLayout.ResNet18);

        Assert.Equal(22 * 5, read.Count);
        Assert.All(
            read.Where(weight => weight.Key != "conv1.weight"),
            weight => Assert.Equal(weights[$"resnet18.{weight.Key}"].Values, weight.Value.Values));
        var (stored, entry) = (weights["resnet18.conv1.weight"].Values, read["conv1.weight"].Values);
        for (var pixel = 0; pixel < 49; pixel++)
        {
            Assert.Equal(stored[98 + pixel] * 255 * .229f, entry[pixel], 1e-4f);
            Assert.Equal(stored[49 + pixel] * 255 * .224f, entry[49 + pixel], 1e-4f);
            Assert.Equal(stored[pixel] * 255 * .225f, entry[98 + pixel], 1e-4f);
        }
    }

    [Fact]
    public void Read_AnotherNetwork_IsRefusedWithTheMissingPart()
    {
        var file = Export("resnet50", RandomWeights.Of("resnet50", seed: 1));

        Assert.Equal(
            "resnet50.onnx: the network has no Conv for layer1.0.conv1; expected the file of Microsoft.ML.DnnImageFeaturizer.ResNet18.",
            Assert.Throws<InvalidInputException>(
                () => ResNetOnnxReader.Read(file, "resnet50.onnx", ResNetLayout.ResNet18)).Message);
    }

    [Fact]
    public void Read_NoOnnx_IsRefusedWithTheName()
    {
        using var text = new MemoryStream("a text"u8.ToArray());

        Assert.StartsWith(
            "text.onnx: expected an ONNX file",
            Assert.Throws<InvalidInputException>(() => ResNetOnnxReader.Read(text, "text.onnx", ResNetLayout.ResNet18)).Message,
            StringComparison.Ordinal);
    }

    private static MemoryStream Export(string model, Dictionary<string, WeightTensor> weights)
    {
        var file = new MemoryStream();
        OnnxModel.Write(ModelCatalogue.Get(model), Colour, weights, new Dictionary<string, string>(), file);
        file.Position = 0;
        return file;
    }
}
