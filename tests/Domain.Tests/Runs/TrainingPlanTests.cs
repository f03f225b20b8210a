using ServerlessFashion.Models;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public class TrainingPlanTests
{
    /// <summary>The study's published training times.</summary>
    [Fact]
    public void Of_SeveralModelsAndSeeds_StartsTheLongestFirst()
    {
        var plan = TrainingPlan.Of(Presets.Configure(new ComparisonOptions { Preset = "report", Seeds = 2 }, _ => 1));

        Assert.Equal(
            ["resnet50 1", "resnet50 2", "model4 1", "model4 2", "model3 1", "model3 2", "model1 1", "model1 2"],
            plan.Trainings.Select(training => $"{training.Model} {training.Seed}"));
    }

    /// <summary>The order follows the run's own specs: Model 1 with a hidden layer of 100,000 units takes longer than Model 4.</summary>
    [Fact]
    public void Of_ARunWithOtherSpecsThanToday_OrdersByItsOwn()
    {
        var run = Presets.Configure(new ComparisonOptions { Preset = "report", Models = ["model1", "model4"] }, _ => 1);
        var wide = run.SpecOf("model1") with { Layers = [new Flatten(), new Dense(100_000)] };

        var plan = TrainingPlan.Of(run with { Specs = [wide, run.SpecOf("model4")] });

        Assert.Equal(["model1", "model4"], plan.Trainings.Select(training => training.Model));
    }

    [Fact]
    public void Of_FittedEpochs_TellsThemBesideTheRecipes()
    {
        var run = Presets.Configure(new ComparisonOptions { Preset = "report", Models = ["model1", "resnet50"], Budget = "1h" }, _ => 1);
        var epochs = new Dictionary<string, IReadOnlyList<int>> { ["model1"] = [7], ["resnet50"] = [1, 30] };

        var plan = TrainingPlan.Of(run with { Configuration = EpochFitting.Apply(run.Configuration, new FittedEpochs(1, epochs)) });

        Assert.Equal([new PlannedEpochs("model1", 7, 50), new PlannedEpochs("resnet50", 31, 400)], plan.Epochs);
        Assert.Equal((TimeSpan.FromHours(1), 720), (plan.Budget, plan.SliceTimeoutMinutes));
    }
}
