using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Layers;

public class ResNet50BaseTests
{
    /// <summary>Five halvings: 224 -> 7 as in He et al. 2015, table 1, and 64 -> 2.</summary>
    [Theory]
    [InlineData(224, 7)]
    [InlineData(64, 2)]
    [InlineData(32, 1)]
    public void OutputOf_ColourMaps_AreHalvedFiveTimes(int side, int expected) =>
        Assert.Equal(new FeatureShape(2048, expected), new ResNet50Base().OutputOf(new FeatureShape(3, side)));

    [Theory]
    [InlineData(3, 28)]
    [InlineData(1, 32)]
    [InlineData(3, 0)]
    [InlineData(3, null)]
    public void OutputOf_FeaturesThatDoNotFit_IsNull(int channels, int? side) =>
        Assert.Null(new ResNet50Base().OutputOf(new FeatureShape(channels, side)));
}
