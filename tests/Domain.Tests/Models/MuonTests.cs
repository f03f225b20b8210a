using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class MuonTests
{
    [Fact]
    public void Trains_SmallNetwork_TakesEveryKernelButTheFirstAndTheClassifier()
    {
        var plan = ModelPlan.Of(ModelCatalogue.Get("strong-garments"), ClassLabels.Five);

        Assert.Equal(
            ["conv2d_1.weight", "conv2d_2.weight", "conv2d_3.weight", "conv2d_4.weight", "conv2d_5.weight"],
            plan.Weights.Where(weight => Muon.Trains(plan, weight)).Select(weight => weight.Name));
    }

    [Fact]
    public void Trains_Model4_LeavesItsDenseKernelsToAdam()
    {
        var plan = ModelPlan.Of(ModelCatalogue.Get("model4"), ClassLabels.Five);

        Assert.Equal(
            ["conv2d_1.weight", "conv2d_2.weight", "conv2d_3.weight"],
            plan.Weights.Where(weight => Muon.Trains(plan, weight)).Select(weight => weight.Name));
    }

    [Fact]
    public void Trains_DepthwiseKernel_IsLeftToAdam()
    {
        var spec = ModelCatalogue.Get("model1") with
        {
            Layers = [new Conv2D(8, 3, Padding.Same), new DepthwiseConv2D(3, Padding.Same), new Conv2D(8, 1, Padding.Same), new Flatten()],
        };
        var plan = ModelPlan.Of(spec, ClassLabels.Five);

        Assert.Equal(
            ["conv2d_1.weight"],
            plan.Weights.Where(weight => Muon.Trains(plan, weight)).Select(weight => weight.Name));
    }
}
