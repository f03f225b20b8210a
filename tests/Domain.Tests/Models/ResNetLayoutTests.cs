using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class ResNetLayoutTests
{
    /// <summary>The first block of He et al. 2015, table 1, with the names of torchvision.</summary>
    [Fact]
    public void Apply_EntryAndFirstBlock_AreInTheOrderOfThePaper()
    {
        var operations = new Recorder();

        ResNetLayout.ResNet50.Apply(operations, "images");

        Assert.Equal(
            [
                "conv1(images)", "relu(conv1)", "maxpool(relu)",
                "layer1.0.conv1(maxpool)", "layer1.0.relu1(layer1.0.conv1)",
                "layer1.0.conv2(layer1.0.relu1)", "layer1.0.relu2(layer1.0.conv2)",
                "layer1.0.conv3(layer1.0.relu2)", "layer1.0.downsample.0(maxpool)",
                "layer1.0.add(layer1.0.conv3, layer1.0.downsample.0)", "layer1.0.relu3(layer1.0.add)",
                "layer1.1.conv1(layer1.0.relu3)",
            ],
            operations.Calls.Take(12));
    }

    [Fact]
    public void Apply_WholeBase_ReleasesEverythingThatNothingReadsAnyMore()
    {
        var operations = new Recorder();

        var result = ResNetLayout.ResNet50.Apply(operations, "images");

        // Stem and its pooling, and of each of 16 blocks the first two activations and the sum, less the last one; 4 shortcuts.
        Assert.Equal(2 + (16 * 3) - 1 + 4, operations.Released.Distinct().Count());
        Assert.Equal("layer4.2.relu3", result);
        Assert.DoesNotContain(result, operations.Released);
        Assert.DoesNotContain("images", operations.Released);
    }

    [Fact]
    public void WeightsOf_Base_CountGroupsAndBlocksFromTheOutput()
    {
        var weights = ResNetLayout.ResNet50.WeightsOf("resnet50").ToDictionary(weight => weight.Name);

        Assert.Equal((1, 1), Place("resnet50.layer4.2.conv3.weight"));
        Assert.Equal((1, 3), Place("resnet50.layer4.0.downsample.0.weight"));
        Assert.Equal((4, 16), Place("resnet50.layer1.0.bn1.bias"));
        Assert.Equal((5, 17), Place("resnet50.conv1.weight"));
        Assert.Equal(WeightStart.Zeros, weights["resnet50.layer2.1.bn3.weight"].Start);
        Assert.Equal(WeightStart.Ones, weights["resnet50.layer2.1.bn2.weight"].Start);

        (int Group, int Block) Place(string name) => (weights[name].Group, weights[name].Block);
    }

    /// <summary>torchvision states 4.09 billion for an image of 224 pixels, 2,048,000 of them in its classifier.</summary>
    [Fact]
    public void MultiplyAccumulates_At224Pixels_IsTorchvisionsFigure() =>
        Assert.Equal(4.09e9, ResNetLayout.ResNet50.MultiplyAccumulates(224) + 2_048_000, 5e6);

    /// <summary>Figure 5 of He et al. 2015, on the left: two 3x3 convolutions. A shortcut has one only where the shape changes.</summary>
    [Fact]
    public void Apply_BlocksOfResNet18_AreInTheOrderOfThePaper()
    {
        var operations = new Recorder();

        var result = ResNetLayout.ResNet18.Apply(operations, "images");

        Assert.Equal(
            [
                "layer1.0.conv1(maxpool)", "layer1.0.relu1(layer1.0.conv1)", "layer1.0.conv2(layer1.0.relu1)",
                "layer1.0.add(layer1.0.conv2, maxpool)", "layer1.0.relu2(layer1.0.add)",
            ],
            operations.Calls.Skip(3).Take(5));
        Assert.Contains("layer2.0.add(layer2.0.conv2, layer2.0.downsample.0)", operations.Calls);
        Assert.Equal("layer4.2.relu2", result);
        Assert.DoesNotContain(result, operations.Released);
    }

    /// <summary>Counted in the file of Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1 with the Python package onnx.</summary>
    [Fact]
    public void WeightsOf_ResNet18_AreAsManyAsInTheFile()
    {
        var weights = ResNetLayout.ResNet18.WeightsOf("resnet18").ToList();

        Assert.Equal(15_908_800, weights.Sum(weight => weight.Count));
        Assert.Equal(22, weights.Count(weight => weight.Role == WeightRole.Kernel));
        Assert.Equal(9, weights.Max(weight => weight.Block) - 1);
    }

    /// <summary>
    /// torchvision states 1.81 billion for ResNet18 with 512,000 in its classifier. The file has one more block at 7x7 pixels: two 3x3
    /// convolutions of 512 channels.
    /// </summary>
    [Fact]
    public void MultiplyAccumulates_ResNet18At224Pixels_IsTorchvisionsFigureAndOneBlock() =>
        Assert.Equal(1.81e9, ResNetLayout.ResNet18.MultiplyAccumulates(224) + 512_000 - (2.0 * 512 * 512 * 9 * 49), 5e6);

    private sealed class Recorder : IResNetOperations<string>
    {
        public List<string> Calls { get; } = [];

        public List<string> Released { get; } = [];

        public string Convolve(ResNetConvolution conv, string input) => Call(conv.Name, input);

        public string Pool(ResNetPooling pooling, string input) => Call(pooling.Name, input);

        public string Relu(string input, string name) => Call(name, input);

        public string Add(string features, string shortcut, string name) => Call(name, $"{features}, {shortcut}");

        public void Release(string features) => Released.Add(features);

        private string Call(string name, string inputs)
        {
            Calls.Add($"{name}({inputs})");
            return name;
        }
    }
}
