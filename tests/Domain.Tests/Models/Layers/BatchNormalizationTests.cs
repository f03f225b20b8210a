using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Layers;

public class BatchNormalizationTests
{
    /// <summary>Keras counts four values per channel, two of them trainable, also for maps: the study's Model 4 has 1792 others.</summary>
    [Fact]
    public void WeightsOf_Maps_AreFourPerChannelInPyTorchsOrder()
    {
        var weights = new BatchNormalization().WeightsOf("bn", new FeatureShape(32, 28)).ToArray();

        Assert.Equal(["bn.weight", "bn.bias", "bn.running_mean", "bn.running_var"], weights.Select(weight => weight.Name));
        Assert.Equal([true, true, false, false], weights.Select(weight => weight.TakesGradient));
        Assert.All(weights, weight => Assert.Equal([32], weight.Shape));
    }

    [Fact]
    public void OutputOf_Features_KeepsTheirShape() =>
        Assert.Equal(new FeatureShape(3, 9), new BatchNormalization().OutputOf(new FeatureShape(3, 9)));
}
