using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Layers;

public class GlobalAveragePooling2DTests
{
    [Fact]
    public void OutputOf_MapsOrRow_IsOneValuePerChannelOfMaps()
    {
        Assert.Equal(new FeatureShape(3, null), new GlobalAveragePooling2D().OutputOf(new FeatureShape(3, 9)));
        Assert.Null(new GlobalAveragePooling2D().OutputOf(new FeatureShape(9, null)));
    }
}
