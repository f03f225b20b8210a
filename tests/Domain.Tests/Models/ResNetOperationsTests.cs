using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class ResNetOperationsTests
{
    /// <summary>torchvision's padding: 3 for 7x7, 1 for 3x3, none for 1x1.</summary>
    [Theory]
    [InlineData(7, 3)]
    [InlineData(3, 1)]
    [InlineData(1, 0)]
    public void Padding_Kernel_IsTorchvisions(int kernel, int expected) =>
        Assert.Equal(expected, new ResNetConvolution("conv", "bn", 1, 1, kernel, 1).Padding);

    /// <summary>torchvision lists the shortcut's convolution last: layer1.0 has it, layer1.1 does not.</summary>
    [Fact]
    public void Convolutions_FirstAndSecondBlock_EndWithTheShortcutsIfThereIsOne() => Assert.Equal(
        ["layer1.0.conv1", "layer1.0.conv2", "layer1.0.conv3", "layer1.0.downsample.0", "layer1.1.conv1", "layer1.1.conv2",
            "layer1.1.conv3"],
        ResNetLayout.ResNet50.Blocks.Take(2).SelectMany(block => block.Convolutions).Select(conv => conv.Name));
}
