using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Pipeline.Tests.Steps;

public sealed class PlanTrainingsStepTests
{
    private readonly FashionStorage _storage = MemoryStorage.Connect();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Model 3 takes 19 MFLOP for each image and step, Model 1 takes 2.9; preset smoke trains both for six epochs.</summary>
    [Fact]
    public async Task Run_TwoModelsAndSeeds_StartsTheLongestTrainingFirst()
    {
        await AddRunAsync(new ComparisonOptions { Preset = "smoke", Models = ["model1", "model3"], Seeds = 2 });

        var plan = await RunAsync();

        Assert.Equal(
            [new("model3", 1), new("model3", 2), new("model1", 1), new("model1", 2)], plan.Trainings);
        Assert.Equal([new("model1", 6, 6), new("model3", 6, 6)], plan.Epochs);
        Assert.Equal((10, null), (plan.SliceTimeoutMinutes, plan.Budget));
        Assert.Empty(plan.Ensembles);
    }

    [Fact]
    public async Task Run_EpochsFittedToTheBudget_GivesThemBesideThoseOfTheRecipe()
    {
        await AddRunAsync(new ComparisonOptions { Preset = "smoke", Models = ["model1"], Budget = "30m" });
        Assert.Equal([new("model1", 6, 6)], (await RunAsync()).Epochs);

        var run = await new RunDefinitions(_storage).GetAsync("run", Cancellation);
        var shortened = run.Configuration with
        {
            Models = [run.Configuration.Models[0] with { Phases = [run.Configuration.Models[0].Phases[0] with { Epochs = 2 }] }],
            RecipeEpochs = new Dictionary<string, IReadOnlyList<int>> { ["model1"] = [6] },
        };
        await new RunDefinitions(_storage).FitAsync("run", FittedEpochs.Of(shortened), Cancellation);

        var plan = await RunAsync();

        Assert.Equal([new("model1", 2, 6)], plan.Epochs);
        Assert.Equal(TimeSpan.FromMinutes(30), plan.Budget);
    }

    [Fact]
    public async Task Run_UnknownRun_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<InvalidInputException>(RunAsync);

        Assert.Equal("run: 'run' does not exist; `fashion runs` lists the runs.", refused.Message);
    }

    private Task<RunRecord> AddRunAsync(ComparisonOptions options) =>
        AddedRun.StoreOn(_storage).AddAsync("run", RunStatus.Running, Presets.Configure(options, _ => 1));

    private Task<TrainingPlan> RunAsync() =>
        TestServices.On(_storage).Create<PlanTrainingsStep>().RunAsync(new RunRequest("run"), Cancellation);
}
