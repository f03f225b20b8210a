using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Layers;

public class FlattenTests
{
    /// <summary>By hand: 3 * 9 * 9.</summary>
    [Fact]
    public void OutputOf_MapsOrRow_TakesOnlyMaps()
    {
        Assert.Equal(new FeatureShape(243, null), new Flatten().OutputOf(new FeatureShape(3, 9)));
        Assert.Null(new Flatten().OutputOf(new FeatureShape(9, null)));
    }
}
