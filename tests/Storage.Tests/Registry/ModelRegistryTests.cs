using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Data;
using ServerlessFashion.Registry;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Storage.Tests.Registry;

public class ModelRegistryTests(AzuriteFixture azurite)
{
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ModelVersion Version(string run, string model, int seed = 1, double validation = .5) => new()
    {
        RunId = run,
        Model = model,
        Seed = seed,
        RegisteredAt = DateTimeOffset.UnixEpoch,
        Labels = LabelScheme.Five,
        Split = DatasetSplit.Competition,
        TestImages = 10,
        ValidationAccuracy = validation,
        TestAccuracy = .5,
        TestMacroF1 = .5,
        Parameters = 1,
        SideInformation = false,
        DataSha256 = "",
        OnnxBlob = "",
        OnnxBytes = 1,
        OnnxSha256 = "",
    };

    private async Task<ModelRegistry> RegistryAsync() => new(await azurite.NewStorageAsync(), _time);

    [Fact]
    public async Task GetBest_SeveralSeeds_GivesTheBestOnValidation()
    {
        var registry = await RegistryAsync();
        await registry.RegisterAsync(Version("run", "model1", 1, .7), Cancellation);
        await registry.RegisterAsync(Version("run", "model1", 2, .8), Cancellation);
        await registry.RegisterAsync(Version("run", "model10", 1, .9), Cancellation);

        Assert.Equal(2, (await registry.GetBestAsync("run", "model1", Cancellation)).Seed);
    }

    [Fact]
    public async Task GetBest_NoSuchModel_IsNamed()
    {
        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            async () => await (await RegistryAsync()).GetBestAsync("run", "model9", Cancellation));

        Assert.StartsWith("model: run 'run' has no trained model 'model9'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promote_ModelsOfTwoDataSets_LeaveEachOtherAlone()
    {
        var registry = await RegistryAsync();
        var bars = registry.Of("bars");
        await registry.PromoteAsync(Version("first", "model1"), PromotionCause.Hand, "test", null, Cancellation);
        foreach (var run in (string[])["second", "third"])
        {
            var version = Version(run, "model1") with { Dataset = "bars" };
            await registry.RegisterAsync(version, Cancellation);
            await bars.PromoteAsync(version, PromotionCause.Hand, "test", null, Cancellation);
        }

        Assert.Equal("first/model1/seed-1", (await registry.FindChampionAsync(Cancellation))!.Id);
        Assert.Equal("third/model1/seed-1", (await ModelReference.FindAsync(registry, "champion@bars", Cancellation)).Id);
        Assert.Equal("second/model1/seed-1", (await bars.RollBackAsync(Cancellation)).Id);
        Assert.Equal("first/model1/seed-1", (await registry.FindChampionAsync(Cancellation))!.Id);
        Assert.Equal(["bars"], await registry.DatasetsOfAsync("third", Cancellation));
    }

    [Fact]
    public async Task Find_ChampionOfASetWithoutOne_NamesTheSet() => Assert.Equal(
        "model: there is no champion of bars yet; run `fashion compare --dataset bars`, or name a model as RUN/MODEL.",
        (await Assert.ThrowsAsync<InvalidInputException>(
            async () => await ModelReference.FindAsync(await RegistryAsync(), "champion@bars", Cancellation))).Message);

    [Fact]
    public async Task List_MoreThanAPage_ContinuesWhereItStopped()
    {
        var registry = await RegistryAsync();
        foreach (var model in new[] { "a", "b", "c" })
        {
            await registry.RegisterAsync(Version("run", model), Cancellation);
        }

        var first = await registry.ListAsync(2, null, Cancellation);
        var second = await registry.ListAsync(2, first.Continuation, Cancellation);

        Assert.Equal(["a", "b"], first.Items.Select(version => version.Model));
        Assert.Equal(["c"], second.Items.Select(version => version.Model));
        Assert.Null(second.Continuation);
    }

    [Fact]
    public async Task RollBack_TwiceAfterThreePromotions_ReturnsToTheFirst()
    {
        var registry = await RegistryAsync();
        foreach (var model in new[] { "a", "b", "c" })
        {
            await registry.PromoteAsync(Version("run", model), PromotionCause.Hand, "test", null, Cancellation);
        }

        Assert.Equal("b", (await registry.RollBackAsync(Cancellation)).Model);
        Assert.Equal("a", (await registry.RollBackAsync(Cancellation)).Model);
        Assert.Equal("a", (await registry.FindChampionAsync(Cancellation))!.Model);
        await Assert.ThrowsAsync<InvalidInputException>(() => registry.RollBackAsync(Cancellation));
    }

    [Fact]
    public async Task ChampionsInReach_AfterARollBack_AreTheOnesThatRollBacksCanReturnTo()
    {
        var registry = await RegistryAsync();
        foreach (var model in new[] { "a", "b", "c" })
        {
            await registry.PromoteAsync(Version("run", model), PromotionCause.Hand, "test", null, Cancellation);
        }

        await registry.RollBackAsync(Cancellation);
        await registry.PromoteAsync(Version("run", "d"), PromotionCause.Hand, "test", null, Cancellation);

        Assert.Equal(["d", "b", "a"], (await registry.ChampionsInReachAsync(Cancellation)).Champions.Select(champion => champion.Model));
    }

    [Fact]
    public async Task RemoveRun_RunsWithSimilarIds_LeavesThoseOfTheOthers()
    {
        var registry = await RegistryAsync();
        foreach (var (run, model) in new[] { ("run", "a"), ("run", "b"), ("run-2", "a"), ("ru", "a") })
        {
            await registry.RegisterAsync(Version(run, model), Cancellation);
        }

        await registry.RemoveRunAsync("run", Cancellation);

        Assert.Equal(["ru", "run-2"], (await registry.ListAsync(10, null, Cancellation)).Items.Select(version => version.RunId).Order());
    }

    [Fact]
    public async Task Promote_ClockBehindThatOfThePromotionBefore_IsTheChampion()
    {
        var storage = await azurite.NewStorageAsync();
        await new ModelRegistry(storage, _time).PromoteAsync(Version("run", "a"), PromotionCause.Hand, "test", null, Cancellation);
        var behind = new ModelRegistry(storage, new FakeTimeProvider(_time.GetUtcNow().AddHours(-1)));

        await behind.PromoteAsync(Version("run", "b"), PromotionCause.Hand, "test", null, Cancellation);

        Assert.Equal("b", (await behind.FindChampionAsync(Cancellation))!.Model);
        Assert.Equal("a", (await behind.RollBackAsync(Cancellation)).Model);
    }

    [Fact]
    public async Task Promote_ManyAtTheSameInstant_KeepsAll()
    {
        var registry = new ModelRegistry(await azurite.NewStorageAsync(), new FakeTimeProvider());
        var models = new[] { "a", "b", "c", "d" };

        await Task.WhenAll(
            models.Select(model => registry.PromoteAsync(Version("run", model), PromotionCause.Hand, "test", null, Cancellation)));

        Assert.Equal(models, (await registry.HistoryAsync(Cancellation)).Select(champion => champion.Model).Order());
    }

    /// <summary>Two runs that end together both find that champion and beat it; one of them must look again.</summary>
    [Fact]
    public async Task TryPromote_ChampionIsAnotherByNow_ChangesNothing()
    {
        var registry = await RegistryAsync();
        Assert.True(await registry.TryPromoteAsync(Version("run", "a"), null, PromotionCause.First, "test", null, Cancellation));
        var found = await registry.FindChampionAsync(Cancellation);
        Assert.True(await registry.TryPromoteAsync(Version("run", "b"), found, PromotionCause.Rule, "test", .01, Cancellation));

        Assert.False(await registry.TryPromoteAsync(Version("run", "c"), null, PromotionCause.First, "test", null, Cancellation));
        Assert.False(await registry.TryPromoteAsync(Version("run", "c"), found, PromotionCause.Rule, "test", .01, Cancellation));
        Assert.Equal("b", (await registry.FindChampionAsync(Cancellation))!.Model);
    }

    [Fact]
    public async Task RollBack_TwoAtOnce_GoesBackTwice()
    {
        var registry = new ModelRegistry(await azurite.NewStorageAsync(), new FakeTimeProvider());
        foreach (var model in new[] { "a", "b", "c" })
        {
            await registry.PromoteAsync(Version("run", model), PromotionCause.Hand, "test", null, Cancellation);
        }

        await Task.WhenAll(registry.RollBackAsync(Cancellation), registry.RollBackAsync(Cancellation));

        Assert.Equal("a", (await registry.FindChampionAsync(Cancellation))!.Model);
    }

    [Fact]
    public async Task FindChampion_NoneYet_IsNull() => Assert.Null(await (await RegistryAsync()).FindChampionAsync(Cancellation));
}
