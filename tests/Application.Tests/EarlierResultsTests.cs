using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Application.Tests;

public sealed class EarlierResultsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_RunThatEndedBeforeRowsHeldTheResult_ShowsAndStoresIt()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", RunStatus.Completed, winner: "model3");
        await test.AddComparisonAsync("run", "model3");
        await test.AddRunAsync("lost", RunStatus.Completed, winner: "model3");

        var listed = await test.Application.Comparisons.ListAsync(10, null, Cancellation);

        var expected = new EvaluatedModel("model3", 1, .8, .6);
        Assert.Equal([null, expected], listed.Items.OrderBy(run => run.Id).Select(run => run.Best));
        Assert.Equal(expected, (await test.Runs.GetAsync("run", Cancellation)).Best);
    }
}
