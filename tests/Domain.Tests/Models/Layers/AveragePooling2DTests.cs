using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Layers;

public class AveragePooling2DTests
{
    /// <summary>Keras's "valid" pooling by hand: an incomplete window at the border is dropped.</summary>
    [Theory]
    [InlineData(2, 28, 14)]
    [InlineData(2, 9, 4)]
    [InlineData(7, 7, 1)]
    public void OutputOf_Maps_DropsTheIncompleteWindow(int size, int side, int expected) =>
        Assert.Equal(new FeatureShape(3, expected), new AveragePooling2D(size).OutputOf(new FeatureShape(3, side)));

    [Fact]
    public void OutputOf_FeaturesThatDoNotFit_IsNull()
    {
        Assert.Null(new AveragePooling2D(3).OutputOf(new FeatureShape(1, 2)));
        Assert.Null(new AveragePooling2D(2).OutputOf(new FeatureShape(9, null)));
    }
}
