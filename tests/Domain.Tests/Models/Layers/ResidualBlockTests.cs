using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Layers;

public class ResidualBlockTests
{
    private static readonly FeatureShape Maps = new(16, 14);

    private static ResidualBlock Basic(int filters, int stride) => new(
    [
        new Conv2D(filters, 3, Padding.Same) { Stride = stride }, new BatchNormalization(),
        new Conv2D(filters, 3, Padding.Same, Activation.Linear), new BatchNormalization(),
    ]);

    /// <summary>2 * 16 * (16 * 9 + 1) parameters of convolutions and 2 * 4 * 16 of BatchNorms; no convolution in the shortcut.</summary>
    [Fact]
    public void WeightsOf_SameShape_HaveNoShortcut()
    {
        var weights = Basic(16, 1).WeightsOf("block", Maps).ToList();

        Assert.Equal(Maps, Basic(16, 1).OutputOf(Maps));
        Assert.Equal(4640 + 128, weights.Sum(weight => weight.Count));
        Assert.Equal("block.conv2d.weight", weights[0].Name);
        Assert.Equal("block.batch_normalization_1.running_var", weights[^1].Name);
    }

    /// <summary>
    /// 32 * (16 * 9 + 1) and 32 * (32 * 9 + 1) parameters, 2 * 4 * 32 of BatchNorms, and 32 * (16 + 1) of the shortcut. Products:
    /// 7 * 7 * 32 outputs times 144, 288 and 16.
    /// </summary>
    [Fact]
    public void WeightsOf_OtherShape_HaveAShortcutWithTheStride()
    {
        var block = Basic(32, 2);
        var output = block.OutputOf(Maps)!;

        Assert.Equal(new FeatureShape(32, 7), output);
        Assert.Equal(4640 + 9248 + 256 + 544, block.WeightsOf("block", Maps).Sum(weight => weight.Count));
        Assert.Equal([32L, 16, 1, 1], block.WeightsOf("block", Maps).Single(weight => weight.Name == "block.shortcut.weight").Shape);
        Assert.Equal(1568 * (144 + 288 + 16), block.MultiplyAccumulates(Maps, output));
        Assert.Equal(2, Assert.IsType<Conv2D>(block.PartsOf("block", Maps)[^1].Layer).Stride);
    }

    [Fact]
    public void Needs_BodyThatDoesNotFit_NamesTheLayerAndTheShape()
    {
        Assert.Equal(
            "its layer 2 (conv2d) cannot take features of shape (None, 1, 1, 16): its kernel of 3x3 is larger than the map",
            Refused(new MaxPool2D(14), new Conv2D(16, 3, Padding.Valid)));
        Assert.Equal("its body must end with maps, and these features are flat", Refused(new Flatten()));
        Assert.Equal("its layer 1 (residual_block) must not be in a block", Refused(new ResidualBlock([new Dropout(.1)])));
        Assert.Equal("its layer 1 (resnet50) must not be in a block", Refused(new ResNet50Base()));
        Assert.Equal("its body has no layers", Refused());
        // Strides of 14 pixels give 14, 7, 5, 4, 3, 2 and 1.
        Assert.Equal(
            "its body ends with the shape (None, 12, 12, 16), which no 1x1 shortcut gives", Refused(new Conv2D(16, 3, Padding.Valid)));

        static string? Refused(params Layer[] body)
        {
            Assert.Null(new ResidualBlock(body).OutputOf(Maps));
            return new ResidualBlock(body).Needs(Maps);
        }
    }

    [Fact]
    public void Equals_SameLayersInAnotherList_AreTheSameBlock()
    {
        Assert.Equal(Basic(16, 1), Basic(16, 1));
        Assert.Equal(Basic(16, 1).GetHashCode(), Basic(16, 1).GetHashCode());
        Assert.NotEqual(Basic(16, 1), Basic(32, 1));
        Assert.NotEqual(Basic(16, 1), Basic(16, 1) with { Activation = Activation.Linear });
    }

    [Fact]
    public void WithDropRate_BlockWithDropout_ChangesTheBody()
    {
        var block = new ResidualBlock([new Dropout(.1), new Conv2D(16, 1, Padding.Same)]);

        Assert.Equal(new ResidualBlock([new Dropout(.5), new Conv2D(16, 1, Padding.Same)]), block.WithDropRate(.5));
        var plain = Basic(16, 1);
        Assert.Same(plain, plain.WithDropRate(.5));
    }
}
