using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Specs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Domain.Tests.Runs;

/// <summary>Steps are worked by hand: the images of an epoch over the batch, rounded up, times the epochs.</summary>
public class SmallSetRecipeTests
{
    /// <summary>
    /// 1,800 images in a set without a test part: 1,500 for training and validation, and 1,200 for training. Quick takes 188 x 4 = 752
    /// steps on Fashion-MNIST: 10 x 4 = 40 by batches of 128, 75 x 4 = 300 by 16, so three times the epochs give 900. Report: 5 x 30 = 150
    /// steps by 256, 19 x 30 = 570 by 64, and 38 x 30 = 1140 by 32. Smoke: 75 x 8 = 600 by 16, and twice that.
    /// </summary>
    [Theory]
    [InlineData("quick", 16, 12)]
    [InlineData("report", 32, 30)]
    [InlineData("smoke", 16, 16)]
    public void Configure_Model4OnASmallSet_TakesEnoughSteps(string preset, int batch, int epochs)
    {
        var model = Configure(new ComparisonOptions { Preset = preset, Models = ["model4"] }, train: 1800);

        Assert.Equal((batch, epochs), (model.BatchSize, model.TotalEpochs));
    }

    /// <summary>
    /// Smoke trains Model 1 for 25 x 6 = 150 steps on Fashion-MNIST. 360 images leave 240: 15 x 6 = 90 steps by batches of 16, so 12
    /// epochs.
    /// 30 images leave 20: 2 x 6 = 12 steps, and ten times the epochs at most.
    /// </summary>
    [Theory]
    [InlineData(360, 12)]
    [InlineData(30, 60)]
    public void Configure_Model1OnATinySet_RepeatsEpochs(int train, int epochs)
    {
        var model = Configure(new ComparisonOptions { Preset = "smoke", Models = ["model1"] }, train);

        Assert.Equal((16, epochs), (model.BatchSize, model.TotalEpochs));
    }

    /// <summary>resnet18 takes 8,000 of the images: 125 x 3 = 375 steps, on Fashion-MNIST too.</summary>
    [Fact]
    public void Configure_SetAsLargeAsFashionMnist_KeepsTheRecipe()
    {
        var options = new ComparisonOptions { Preset = "quick", Models = ["model1", "model4", "resnet18"] };

        Assert.Equal(
            Presets.Configure(options, _ => 1).Configuration.Models.Select(model => (model.BatchSize, model.TotalEpochs)),
            Run(options, train: 60_000).Configuration.Models.Select(model => (model.BatchSize, model.TotalEpochs)));
    }

    [Fact]
    public void Configure_CallersOwnChoice_IsKept()
    {
        var batch = Configure(
            new ComparisonOptions
            {
                Preset = "quick",
                Models = ["model4"],
                Set = new Dictionary<string, OptionValue> { ["model4.batchSize"] = OptionValue.Of("100") },
            },
            train: 1800);
        var epochs = Configure(
            new ComparisonOptions { Preset = "quick", Models = ["model4"], Epochs = new Dictionary<string, int> { ["model4"] = 3 } },
            train: 1800);
        var own = StudyModels.Model4 with { Name = "mine" };
        var spec = Configure(new ComparisonOptions { Preset = "quick", Specs = [own] }, train: 1800);

        Assert.Equal((100, 4), (batch.BatchSize, batch.TotalEpochs));
        Assert.Equal((128, 3), (epochs.BatchSize, epochs.TotalEpochs));
        Assert.Equal((own.BatchSize, own.Phases.Sum(phase => phase.Epochs)), (spec.BatchSize, spec.TotalEpochs));
    }

    private static ModelConfiguration Configure(ComparisonOptions options, int train) =>
        Assert.Single(Run(options, train).Configuration.Models);

    private static RunDefinition Run(ComparisonOptions options, int train) =>
        Presets.Configure(options, _ => 1, ShapeSet.Sized(ShapeSet.Bars, train, test: 0));
}
