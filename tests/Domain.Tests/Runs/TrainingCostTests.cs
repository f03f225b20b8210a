using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public class TrainingCostTests
{
    private static RunDefinition Report { get; } = Presets.Configure(new ComparisonOptions { Preset = "report" }, _ => 1);

    /// <summary>
    /// By hand: 26 x 26 x 9 x 32 for the convolution, 13 x 13 x 32 x 64 for the hidden layer and 64 x 5 for the classifier, 48,000
    /// images, 50 epochs.
    /// </summary>
    [Fact]
    public void Estimate_Model1_IsTheMultiplyAccumulatesOfItsLayers() =>
        Assert.Equal((194_688.0 + 346_112.0 + 320) * 48_000 * 50, TrainingCost.Estimate(Report, Report.Configuration.Models[0]));

    /// <summary>
    /// 4.1 billion at 224 x 224, as He et al. 2015 (table 1) round it, times (64 / 224)^2 in the base, and 2048 * 256 in the head.
    /// </summary>
    [Fact]
    public void EstimateEpoch_ResNet50FineTuned_GrowsWithTheArea()
    {
        var run = Presets.Configure(new ComparisonOptions { Preset = "smoke", Models = ["resnet50-finetuned"] }, _ => 1);

        var published = ((4.1e9 * 64 * 64 / (224 * 224)) + (2048 * 256)) * 400;
        Assert.InRange(TrainingCost.EstimateEpoch(run, run.Configuration.Models[0]), .99 * published, 1.01 * published);
        Assert.Equal(
            4 * TrainingCost.EstimateEpoch(run, run.Configuration.Models[0]), TrainingCost.Estimate(run, run.Configuration.Models[0]), 1);
    }

    [Fact]
    public void Estimate_Study_OrdersTheModelsAsTheirPublishedTimes() =>
        Assert.Equal(
            ["resnet50", "model4", "model3", "model1"],
            Report.Configuration.Models.OrderByDescending(model => TrainingCost.Estimate(Report, model)).Select(model => model.Name));

    /// <summary>
    /// Multiplications a pass by hand (<see cref="Models.ModelPlanTests"/>): 4 epochs of the whole network, 12 of the narrow one,
    /// 24,000 images.
    /// </summary>
    [Fact]
    public void Estimate_ModelThatIsCut_CountsEachPhaseByItsOwnNetwork()
    {
        var run = Presets.Configure(new ComparisonOptions { Models = ["model4-slim"] }, _ => 1);

        Assert.Equal(24_000 * ((4 * 28_791_936.0) + (12 * 7_254_592.0)), TrainingCost.Estimate(run, run.Configuration.Models[0]));
    }
}
