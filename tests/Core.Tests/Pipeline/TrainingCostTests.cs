using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Core.Tests.Pipeline;

public class TrainingCostTests
{
    private static RunConfiguration Report { get; } = Presets.Configure(new ComparisonOptions { Preset = "report" }, _ => 1);

    /// <summary>By hand: 26 x 26 x 9 x 32 for the convolution and 13 x 13 x 32 x 64 for the hidden layer, 48,000 images, 50 epochs.</summary>
    [Fact]
    public void Estimate_Model1_IsTheMultiplyAccumulatesOfItsLayers() =>
        Assert.Equal((194_688.0 + 346_112.0) * 48_000 * 50, TrainingCost.Estimate(Report, Report.Models[0]));

    [Fact]
    public void Estimate_Study_OrdersTheModelsAsTheirPublishedTimes() =>
        Assert.Equal(
            ["resnet50", "model4", "model3", "model1"],
            Report.Models.OrderByDescending(model => TrainingCost.Estimate(Report, model)).Select(model => model.Name));
}
