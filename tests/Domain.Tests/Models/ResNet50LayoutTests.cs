using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class ResNet50LayoutTests
{
    /// <summary>The first block of He et al. 2015, table 1, with the names of torchvision.</summary>
    [Fact]
    public void Apply_EntryAndFirstBlock_AreInTheOrderOfThePaper()
    {
        var operations = new Recorder();

        ResNet50Layout.Apply(operations, "images");

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

        var result = ResNet50Layout.Apply(operations, "images");

        // Stem and its pooling, and of each of 16 blocks the first two activations and the sum, less the last one; 4 shortcuts.
        Assert.Equal(2 + (16 * 3) - 1 + 4, operations.Released.Distinct().Count());
        Assert.Equal("layer4.2.relu3", result);
        Assert.DoesNotContain(result, operations.Released);
        Assert.DoesNotContain("images", operations.Released);
    }

    [Fact]
    public void WeightsOf_Base_CountGroupsAndBlocksFromTheOutput()
    {
        var weights = ResNet50Layout.WeightsOf("resnet50").ToDictionary(weight => weight.Name);

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
        Assert.Equal(4.09e9, ResNet50Layout.MultiplyAccumulates(224) + 2_048_000, 5e6);

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
