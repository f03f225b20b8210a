using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Layers;

public class Conv2DTests
{
    /// <summary>
    /// Keras's and PyTorch's formula by hand: (9 - 3) / 1 + 1 = 7; with padding 1, (9 + 2 - 3) / 2 + 1 = 5 and for 28, 14.
    /// </summary>
    [Theory]
    [InlineData(Padding.Valid, 1, 9, 7)]
    [InlineData(Padding.Valid, 2, 9, 4)]
    [InlineData(Padding.Same, 1, 9, 9)]
    [InlineData(Padding.Same, 2, 9, 5)]
    [InlineData(Padding.Same, 2, 28, 14)]
    public void OutputOf_Maps_HasTheSideWorkedByHand(Padding padding, int stride, int side, int expected) => Assert.Equal(
        new FeatureShape(16, expected), new Conv2D(16, 3, padding) { Stride = stride }.OutputOf(new FeatureShape(3, side)));

    [Fact]
    public void OutputOf_FeaturesThatDoNotFit_IsNull()
    {
        Assert.Null(new Conv2D(16, 5, Padding.Valid).OutputOf(new FeatureShape(1, 4)));
        Assert.Null(new Conv2D(16, 4, Padding.Same).OutputOf(new FeatureShape(1, 8)));
        Assert.Null(new Conv2D(16, 3, Padding.Same).OutputOf(new FeatureShape(1, null)));
    }

    /// <summary>Model 1 by hand: 26 * 26 windows, 32 filters, nine values each; 32 * (9 + 1) parameters, as the study prints.</summary>
    [Fact]
    public void Costs_FirstLayerOfModel1_AreThoseWorkedByHand()
    {
        var conv = new Conv2D(32, 3, Padding.Valid);

        Assert.Equal(194_688, conv.MultiplyAccumulates(new FeatureShape(1, 28), new FeatureShape(32, 26)));
        Assert.Equal(320, conv.WeightsOf("conv2d", new FeatureShape(1, 28)).Sum(weight => weight.Count));
    }

    [Theory]
    [InlineData(Padding.Valid, 1, Activation.Relu, "Conv2D 32 3x3 valid, ReLU")]
    [InlineData(Padding.Same, 2, Activation.Linear, "Conv2D 32 3x3 same stride 2")]
    public void Description_Layer_SaysPaddingStrideAndActivation(Padding padding, int stride, Activation activation, string expected) =>
        Assert.Equal(expected, new Conv2D(32, 3, padding, activation) { Stride = stride }.Description);

    [Fact]
    public void WithChannels_Half_KeepsEverythingElse() => Assert.Equal(
        new Conv2D(8, 3, Padding.Same) { Stride = 2 },
        new Conv2D(16, 3, Padding.Same) { Stride = 2 }.WithChannels(channels => channels / 2));
}
