using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Heads;

public class GarmentRuleHeadTests
{
    [Fact]
    public void OutputOf_GarmentLogits_AreFiveLabels()
    {
        var rule = new GarmentRuleHead().Layer;

        Assert.Equal(new FeatureShape(5, null), rule.OutputOf(new FeatureShape(10, null)));
        Assert.Null(rule.OutputOf(new FeatureShape(9, null)));
        Assert.Null(rule.OutputOf(new FeatureShape(10, 1)));
    }

    [Fact]
    public void WeightsOf_Rule_HasNone() => Assert.Empty(new GarmentRule().WeightsOf("garment_rule", new FeatureShape(10, null)));
}
