using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Layers;

public class DepthwiseConv2DTests
{
    /// <summary>The same sides as of <see cref="Conv2DTests"/>, and as many channels as come in.</summary>
    [Theory]
    [InlineData(Padding.Valid, 1, 9, 7)]
    [InlineData(Padding.Valid, 2, 9, 4)]
    [InlineData(Padding.Same, 1, 9, 9)]
    [InlineData(Padding.Same, 2, 9, 5)]
    public void OutputOf_Maps_KeepsTheChannels(Padding padding, int stride, int side, int expected) => Assert.Equal(
        new FeatureShape(24, expected), new DepthwiseConv2D(3, padding) { Stride = stride }.OutputOf(new FeatureShape(24, side)));

    [Fact]
    public void OutputOf_FeaturesThatDoNotFit_IsNull()
    {
        Assert.Null(new DepthwiseConv2D(5, Padding.Valid).OutputOf(new FeatureShape(1, 4)));
        Assert.Null(new DepthwiseConv2D(4, Padding.Same).OutputOf(new FeatureShape(1, 8)));
        Assert.Null(new DepthwiseConv2D(3, Padding.Same).OutputOf(new FeatureShape(1, null)));
    }

    /// <summary>MobileNet's first depthwise layer by hand: 112 * 112 * 32 windows of nine values, 32 * (9 + 1) parameters.</summary>
    [Fact]
    public void Costs_Layer_AreThoseWorkedByHand()
    {
        var conv = new DepthwiseConv2D(3, Padding.Same);
        var maps = new FeatureShape(32, 112);

        Assert.Equal(3_612_672, conv.MultiplyAccumulates(maps, maps));
        Assert.Equal(320, conv.WeightsOf("depthwise_conv2d", maps).Sum(weight => weight.Count));
    }

    [Fact]
    public void Description_Layer_SaysPaddingStrideAndActivation() => Assert.Equal(
        "DepthwiseConv2D 3x3 same stride 2, ReLU", new DepthwiseConv2D(3, Padding.Same) { Stride = 2 }.Description);
}
