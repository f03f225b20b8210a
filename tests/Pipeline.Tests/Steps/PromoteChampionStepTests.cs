using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Registry;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Pipeline.Tests.Steps;

/// <summary>Six test images: who labels all of them right against none has McNemar's exact p = 2 / 2^6 = .03125.</summary>
public sealed class PromoteChampionStepTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_NoChampionYet_PromotesTheWinner()
    {
        var storage = await azurite.NewStorageAsync();

        var promotion = await PromoteAsync(storage, "first", right: 0);

        Assert.Equal(new Promotion(true, "the first champion"), promotion);
        Assert.Equal("first", (await ChampionAsync(storage))!.RunId);
    }

    [Fact]
    public async Task Run_SixMoreRight_ReplacesTheChampionAndRecordsWhy()
    {
        var storage = await azurite.NewStorageAsync();
        await PromoteAsync(storage, "none", right: 0);

        Assert.True((await PromoteAsync(storage, "all", right: 6)).Promoted);

        var champion = (await ChampionAsync(storage))!;
        Assert.Equal(("all", PromotionCause.Rule), (champion.RunId, champion.Cause));
        Assert.Equal(.03125, champion.PValue!.Value, 1e-12);
    }

    /// <summary>Five give 2 / 2^5 = .0625, which is not below .05.</summary>
    [Fact]
    public async Task Run_FiveMoreRight_LeavesTheChampion()
    {
        var storage = await azurite.NewStorageAsync();
        await PromoteAsync(storage, "none", right: 0);

        Assert.False((await PromoteAsync(storage, "five", right: 5)).Promoted);
        Assert.Equal("none", (await ChampionAsync(storage))!.RunId);
    }

    /// <summary>It beats the champion that it found, and not the equally good one that came in between.</summary>
    [Fact]
    public async Task Run_AnotherIsPromotedJustBefore_IsComparedWithThatOne()
    {
        var storage = await azurite.NewStorageAsync();
        await PromoteAsync(storage, "best", right: 6);
        await PromoteAsync(storage, "none", right: 0);
        var registry = new ModelRegistry(storage, TimeProvider.System);
        var best = await registry.GetBestAsync("best", "model1", Cancellation);
        await registry.PromoteAsync(
            await registry.GetBestAsync("none", "model1", Cancellation), PromotionCause.Hand, "test", null, Cancellation);

        // The clock is read when the model is registered, and again when its promotion is about to be written.
        var promotion = await PromoteAsync(
            storage, "late", right: 6,
            new HookedClock(look: 2, () => registry.PromoteAsync(best, PromotionCause.Hand, "test", null, Cancellation)));

        Assert.False(promotion.Promoted);
        Assert.StartsWith(
            "on 6 common test images 0 only by the challenger and 0 only by the champion", promotion.Reason, StringComparison.Ordinal);
        Assert.Equal("best", (await ChampionAsync(storage))!.RunId);
    }

    /// <summary>A completed run of which one model had failed was resumed.</summary>
    [Fact]
    public async Task Run_ComparisonHasOneMoreModelThanBefore_RegistersItAndPromotesTheNewWinner()
    {
        var storage = await azurite.NewStorageAsync();
        var definition = Presets.Configure(new ComparisonOptions { Preset = "smoke", Models = ["model1", "model3"] }, _ => 1);
        await AddedRun.StoreOn(storage).AddAsync("run", RunStatus.Running, definition);
        await AddEvaluatedAsync(storage, "run", "model1", right: 0);
        var step = TestServices.On(storage).Create<PromoteChampionStep>(new RegisteredSets(storage));
        var folder = new RunFolder(storage, "run");
        var failed = new TrainingOutcome("model3", 1, null, "out of memory", Cancelled: false);
        await folder.PutComparisonAsync(new ComparedModels("model1", [Evaluated("model1"), failed]), Cancellation);
        await step.RunAsync(new RunRequest("run"), Cancellation);

        await AddEvaluatedAsync(storage, "run", "model3", right: 6);
        await folder.PutComparisonAsync(new ComparedModels("model3", [Evaluated("model1"), Evaluated("model3")]), Cancellation);
        var promotion = await step.RunAsync(new RunRequest("run"), Cancellation);

        Assert.True(promotion.Promoted);
        Assert.Equal("run/model3/seed-1", (await ChampionAsync(storage))!.Id);
        Assert.Equal("model3", (await new ModelRegistry(storage, TimeProvider.System).GetBestAsync("run", "model3", Cancellation)).Model);
    }

    [Fact]
    public async Task Run_TwiceWithTheSameComparison_DecidesOnce()
    {
        var storage = await azurite.NewStorageAsync();
        await PromoteAsync(storage, "first", right: 0);
        await PromoteAsync(storage, "second", right: 6);

        // Against the champion of now it would be decided otherwise.
        var again = await TestServices.On(storage).Create<PromoteChampionStep>(new RegisteredSets(storage))
            .RunAsync(new RunRequest("first"), Cancellation);

        Assert.Equal(new Promotion(true, "the first champion"), again);
    }

    /// <summary>The champion of the old images says nothing about the new ones, so the first winner on them replaces it.</summary>
    [Fact]
    public async Task Run_DataSetWasReplaced_PromotesTheFirstWinnerOnTheNewOne()
    {
        var storage = await azurite.NewStorageAsync();
        await RegisterAsync("ab");
        await PromoteAsync(storage, "old", right: 6, set: ShapeSet.Bars);
        await RegisterAsync("cd");

        var promotion = await PromoteAsync(storage, "new", right: 0, set: ShapeSet.Bars, sha256: "cd");

        Assert.Equal(
            new Promotion(
                true, "the first model of bars as it is registered now; old/model1/seed-1 was trained before it was replaced"),
            promotion);

        Task RegisterAsync(string sha256) =>
            StoredShapeSet.RegisterAsync(storage, ShapeSet.Bars with { Sha256 = sha256 }, train: 60, test: 12, Cancellation);
    }

    private static Task<Champion?> ChampionAsync(FashionStorage storage) =>
        new ModelRegistry(storage, TimeProvider.System).FindChampionAsync(Cancellation);

    /// <summary>A run of one model that labels the first <paramref name="right"/> of six test images right.</summary>
    private static async Task<Promotion> PromoteAsync(
        FashionStorage storage, string run, int right, TimeProvider? time = null, DatasetDescription? set = null, string sha256 = "ab")
    {
        var definition = Presets.Configure(
            new ComparisonOptions { Preset = "smoke", Models = ["model1"] }, _ => 1,
            set is null ? null : ShapeSet.Sized(set, train: 60, test: 12));
        await AddedRun.StoreOn(storage).AddAsync(run, RunStatus.Running, definition);
        await AddEvaluatedAsync(storage, run, "model1", right, sha256);
        await new RunFolder(storage, run).PutComparisonAsync(new ComparedModels("model1", [Evaluated("model1")]), Cancellation);

        return await TestServices.On(storage, time).Create<PromoteChampionStep>(new RegisteredSets(storage))
            .RunAsync(new RunRequest(run), Cancellation);
    }

    private static TrainingOutcome Evaluated(string model) => new(model, 1, new EvaluatedModel(model, 1, 1, 1), null, Cancelled: false);

    /// <summary>
    /// Stores the evaluation of a model that labels the first <paramref name="right"/> of six test images correctly.
    /// </summary>
    private static async Task AddEvaluatedAsync(FashionStorage storage, string run, string model, int right, string sha256 = "ab")
    {
        var folder = new RunFolder(storage, run);
        await folder.PutPreparedDataAsync(new PreparedData("", "", 1, 1, 1, sha256, null, null), Cancellation);
        var logits = Enumerable.Range(0, 6).SelectMany(image => image < right ? new[] { 1f, 0f } : [0f, 1f]);
        await folder.PutEvaluationAsync(
            SmallEvaluation.Of(model, 1, new ScoredSet([1, 2, 3, 4, 5, 6], [0, 0, 0, 0, 0, 0], [.. logits])), Cancellation);
        await storage.Container(StorageNames.Runs).GetBlobClient(StorageNames.TrainingFolder(run, model, 1) + "model.onnx").UploadAsync(
            new BinaryData("onnx"), Cancellation);
    }

    /// <summary>Does something first at one look at it.</summary>
    private sealed class HookedClock(int look, Func<Task> hook) : TimeProvider
    {
        private int _looks;

        public override DateTimeOffset GetUtcNow()
        {
            if (++_looks == look)
            {
                hook().GetAwaiter().GetResult();
            }

            return base.GetUtcNow();
        }
    }
}
