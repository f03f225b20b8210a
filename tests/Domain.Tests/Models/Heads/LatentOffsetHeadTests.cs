using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Heads;

public class LatentOffsetHeadTests
{
    /// <summary>By hand: 13 / 4 from one to the next.</summary>
    [Fact]
    public void Spread_FiveComponents_ReachFromTheLowestToTheHighestOffset() =>
        Assert.Equal([-4f, -.75f, 2.5f, 5.75f, 9f], LatentOffsets.Spread(5));

    [Fact]
    public void Spread_OneComponent_IsTheLowestOffset() => Assert.Equal([-4f], LatentOffsets.Spread(1));

    /// <summary>Five labels have four cuts; gradients move none of the numbers.</summary>
    [Fact]
    public void WeightsOf_SevenComponents_AreOffsetsCutsAndScale()
    {
        var weights = new LatentOffsets(7).WeightsOf("head", new FeatureShape(7, null)).ToArray();

        Assert.Equal(["head.offsets", "head.cuts", "head.log_scale"], weights.Select(weight => weight.Name));
        Assert.Equal([7L, 4L, 1L], weights.Select(weight => weight.Count));
        Assert.DoesNotContain(weights, weight => weight.TakesGradient);
        Assert.Equal((-4f, 9f), (weights[0].StartValues![0], weights[0].StartValues![6]));
    }

    [Fact]
    public void OutputOf_OtherThanItsComponents_IsNull()
    {
        Assert.Equal(new FeatureShape(5, null), new LatentOffsets(7).OutputOf(new FeatureShape(7, null)));
        Assert.Null(new LatentOffsets(7).OutputOf(new FeatureShape(10, null)));
    }
}
