using ServerlessFashion.Registry;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Application.Tests;

public sealed class PromoteModelTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Promote_TheChampionAgain_AddsNothingToTheHistory()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddModelAsync("run", "tiny");

        var first = await test.Application.Promote.PromoteAsync("run", "tiny", "the first time", Cancellation);
        var second = await test.Application.Promote.PromoteAsync("run", "tiny", "the second time", Cancellation);

        Assert.Equal(("run/tiny/seed-1", PromotionCause.Hand, "the first time"), (first.Id, first.Cause, first.Reason));
        Assert.Equal(first, second);
        Assert.Single(await test.Registry.HistoryAsync(Cancellation));
    }

    [Fact]
    public async Task RollBack_NoEarlierChampion_IsRefused()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddModelAsync("run", "tiny");
        await test.Application.Promote.PromoteAsync("run", "tiny", "test", Cancellation);

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => test.Application.RollBack.RollBackAsync(dataset: null, Cancellation));

        Assert.Equal((Refusal.Conflict, "champion: there is no earlier champion to go back to."), (refused.Reason, refused.Message));
    }

    [Fact]
    public async Task RollBack_UnknownDataSet_IsRefusedAsUnknown()
    {
        var test = await TestApplication.CreateAsync(azurite);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => test.Application.RollBack.RollBackAsync("nix", Cancellation));

        Assert.Equal("dataset: no data set 'nix' is registered; registered are fashion-mnist.", refused.Message);
    }

    [Fact]
    public async Task Open_ChampionOfAnUnknownDataSet_IsRefusedAsUnknown()
    {
        var test = await TestApplication.CreateAsync(azurite);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => test.Application.Predict.OpenChampionAsync("nix", Cancellation));

        Assert.Equal("dataset: no data set 'nix' is registered; registered are fashion-mnist.", refused.Message);
    }
}
