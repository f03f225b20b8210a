using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Layers;

public class DenseTests
{
    [Fact]
    public void OutputOf_RowOrMaps_TakesOnlyARow()
    {
        Assert.Equal(new FeatureShape(8, null), new Dense(8).OutputOf(new FeatureShape(5, null)));
        Assert.Null(new Dense(8).OutputOf(new FeatureShape(1, 4)));
    }

    /// <summary>Model 1 by hand: 5408 * 64 products and, as the study prints, 64 * (5408 + 1) parameters.</summary>
    [Fact]
    public void Costs_HiddenLayerOfModel1_AreThoseWorkedByHand()
    {
        var (input, dense) = (new FeatureShape(5408, null), new Dense(64));

        Assert.Equal(346_112, dense.MultiplyAccumulates(input, new FeatureShape(64, null)));
        Assert.Equal(346_176, dense.WeightsOf("dense", input).Sum(weight => weight.Count));
    }

    [Fact]
    public void WithChannels_Threefold_ChangesTheUnits() =>
        Assert.Equal(new Dense(24), new Dense(8).WithChannels(channels => channels * 3));
}
