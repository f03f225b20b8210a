using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Core.Tests.Storage;
using ServerlessFashion.Data;
using ServerlessFashion.Registry;

namespace ServerlessFashion.Core.Tests.Registry;

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
        var refused = await Assert.ThrowsAsync<InvalidInputException>(async () => await (await RegistryAsync()).GetBestAsync("run", "model9", Cancellation));

        Assert.StartsWith("model: run 'run' has no trained model 'model9'", refused.Message, StringComparison.Ordinal);
    }

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
    public async Task FindChampion_NoneYet_IsNull() => Assert.Null(await (await RegistryAsync()).FindChampionAsync(Cancellation));
}
