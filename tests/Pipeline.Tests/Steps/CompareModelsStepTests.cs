using ServerlessFashion.Evaluation;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Pipeline.Tests.Steps;

/// <summary>Two images of label 0: a model labels the first of them right, or both.</summary>
public sealed class CompareModelsStepTests
{
    private static readonly TrainingOutcome Half = Evaluated("half", seed: 1);
    private static readonly TrainingOutcome All = Evaluated("all", seed: 1);
    private static readonly TrainingOutcome Failed = new("broken", 1, null, "out of memory", Cancelled: false);

    private readonly FashionStorage _storage = MemoryStorage.Connect();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunFolder Folder => new(_storage, "run");

    [Fact]
    public async Task Run_TwoModelsAndAFailedOne_NamesTheMostAccurateOnValidation()
    {
        await PutAsync(Half, bothRight: false);
        await PutAsync(All, bothRight: true);

        var compared = await RunAsync(Half, Failed, All);

        Assert.Equal("all", compared.Winner);
        Assert.Equal([Half, Failed, All], compared.Outcomes);
        var stored = await Folder.FindComparisonAsync(Cancellation);
        Assert.Equal("all", stored!.Winner);
        Assert.Equal([Half, Failed, All], stored.Outcomes);
    }

    [Fact]
    public async Task Run_EveryModelFailed_HasNoWinner() => Assert.Null((await RunAsync(Failed)).Winner);

    /// <summary>Seeds count by their mean: (1/2 + 1/2) / 2 is less than (1/2 + 1) / 2.</summary>
    [Fact]
    public async Task Run_SeveralSeeds_ComparesTheirMeans()
    {
        TrainingOutcome[] outcomes = [Evaluated("a", 1), Evaluated("a", 2), Evaluated("b", 1), Evaluated("b", 2)];
        foreach (var outcome in outcomes)
        {
            await PutAsync(outcome, bothRight: outcome is { Model: "b", Seed: 2 });
        }

        Assert.Equal("b", (await RunAsync(outcomes)).Winner);
    }

    /// <summary>The stored comparison names another winner than the evaluations would, so a second ranking would be seen.</summary>
    [Fact]
    public async Task Run_SameOutcomesAgain_GivesTheStoredComparison()
    {
        await PutAsync(Half, bothRight: false);
        await PutAsync(All, bothRight: true);
        await Folder.PutComparisonAsync(new ComparedModels("half", [Half, All]), Cancellation);

        Assert.Equal("half", (await RunAsync(Half, All)).Winner);
    }

    [Fact]
    public async Task Run_OneMoreOutcomeThanBefore_RanksAgain()
    {
        await PutAsync(Half, bothRight: false);
        await PutAsync(All, bothRight: true);
        await RunAsync(Half, Failed with { Model = "all" });

        Assert.Equal("all", (await RunAsync(Half, All)).Winner);
        Assert.Equal("all", (await Folder.FindComparisonAsync(Cancellation))!.Winner);
    }

    [Fact]
    public async Task Run_EvaluationIsGone_NamesIt()
    {
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => RunAsync(Half));

        Assert.Equal("run: run has lost the evaluation of half, seed 1.", refused.Message);
    }

    private static TrainingOutcome Evaluated(string model, int seed) =>
        new(model, seed, new EvaluatedModel(model, seed, 0, 0), null, Cancelled: false);

    private Task PutAsync(TrainingOutcome outcome, bool bothRight) => Folder.PutEvaluationAsync(
        SmallEvaluation.Of(outcome.Model, outcome.Seed, new ScoredSet([1, 2], [0, 0], bothRight ? [1, 0, 1, 0] : [1, 0, 0, 1])),
        Cancellation);

    private Task<ComparedModels> RunAsync(params TrainingOutcome[] outcomes) =>
        TestServices.On(_storage).Create<CompareModelsStep>().RunAsync(new CompareModelsRequest("run", outcomes), Cancellation);
}
