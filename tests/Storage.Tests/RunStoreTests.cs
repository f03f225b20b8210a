using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Storage.Tests;

public sealed class RunStoreTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly RunDefinition Definition = Presets.Configure(new ComparisonOptions { Preset = "smoke" }, _ => 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateAsync_SameIdTwice_KeepsTheFirstAndListsItOnce()
    {
        var runs = AddedRun.StoreOn(await azurite.NewStorageAsync());
        await runs.CreateAsync(Run("one", Noon), Definition, Cancellation);

        var second = await runs.CreateAsync(Run("one", Noon.AddHours(1)), Definition, Cancellation);

        Assert.Equal(Noon, second.CreatedAt);
        Assert.Equal(["one"], (await runs.ListAsync(10, null, Cancellation)).Items.Select(run => run.Id));
    }

    [Fact]
    public async Task ListAsync_TopTwoOfThree_GivesTheNewestFirstAndThenTheRest()
    {
        var runs = AddedRun.StoreOn(await azurite.NewStorageAsync());
        foreach (var (id, hour) in new[] { ("b", 2), ("a", 1), ("c", 3) })
        {
            await runs.CreateAsync(Run(id, Noon.AddHours(hour)), Definition, Cancellation);
        }

        var first = await runs.ListAsync(2, null, Cancellation);
        var rest = await runs.ListAsync(2, first.Continuation, Cancellation);

        Assert.Equal(["c", "b"], first.Items.Select(run => run.Id));
        Assert.Equal(["a"], rest.Items.Select(run => run.Id));
        Assert.Null(rest.Continuation);
    }

    [Fact]
    public async Task ListUnfinishedAsync_AllStates_GivesPendingAndRunningOldestFirst()
    {
        var runs = AddedRun.StoreOn(await azurite.NewStorageAsync());
        var hour = 0;
        foreach (var status in Enum.GetValues<RunStatus>().Reverse())
        {
            await runs.CreateAsync(
                Run(status.ToString().ToLowerInvariant(), Noon.AddHours(hour++)) with { Status = status }, Definition, Cancellation);
        }

        var unfinished = await runs.ListUnfinishedAsync(Cancellation);

        Assert.Equal(["running", "pending"], unfinished.Select(run => run.Id));
    }

    [Fact]
    public async Task UpdateAsync_FromCompletedToRunning_IsRefused()
    {
        var runs = AddedRun.StoreOn(await azurite.NewStorageAsync());
        await runs.CreateAsync(Run("one", Noon) with { Status = RunStatus.Completed }, Definition, Cancellation);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => runs.UpdateAsync("one", run => run with { Status = RunStatus.Running }, Cancellation));
    }

    [Fact]
    public async Task HideAsync_RunThatHasEnded_IsFoundByNoReaderUntilItIsRestored()
    {
        var runs = AddedRun.StoreOn(await azurite.NewStorageAsync());
        await runs.CreateAsync(Run("one", Noon) with { Status = RunStatus.Completed, Winner = "model1" }, Definition, Cancellation);

        Assert.True(await runs.HideAsync("one", Cancellation));
        Assert.Null(await runs.FindAsync("one", Cancellation));
        Assert.Empty((await runs.ListAsync(10, null, Cancellation)).Items);
        await Assert.ThrowsAsync<InvalidInputException>(() => runs.UpdateAsync("one", run => run, Cancellation));

        await runs.RestoreAsync("one", Cancellation);
        var restored = await runs.GetAsync("one", Cancellation);
        Assert.Equal((RunStatus.Completed, "model1"), (restored.Status, restored.Winner));
        Assert.Null(await runs.FindDeletedAsync("one", Cancellation));
    }

    [Fact]
    public async Task HideAsync_RunThatHasNotEnded_ChangesNothing()
    {
        var runs = AddedRun.StoreOn(await azurite.NewStorageAsync());
        await runs.CreateAsync(Run("one", Noon), Definition, Cancellation);

        Assert.False(await runs.HideAsync("one", Cancellation));
        Assert.NotNull(await runs.FindAsync("one", Cancellation));
    }

    private static RunRecord Run(string id, DateTimeOffset createdAt) =>
        RunRecord.Of(id, RunStatus.Pending, createdAt, Definition.Configuration);
}
