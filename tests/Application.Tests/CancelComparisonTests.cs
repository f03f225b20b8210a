using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Application.Tests;

public sealed class CancelComparisonTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancel_PendingRun_EndsItAtOnceAndRaisesItsFlag()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", RunStatus.Pending);
        test.Time.Advance(TimeSpan.FromMinutes(1));

        var (run, requested) = await test.Application.Cancel.CancelAsync("run", Cancellation);

        Assert.True(requested);
        Assert.Equal((RunStatus.Cancelled, test.Time.GetUtcNow()), (run.Status, run.FinishedAt));
        Assert.True(await test.Runs.IsCancelRequestedAsync("run", Cancellation));
    }

    [Fact]
    public async Task Cancel_RunThatAProcessWorksOn_RaisesItsFlag()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", RunStatus.Running);
        test.Host.IsUnderWay = true;

        var (run, requested) = await test.Application.Cancel.CancelAsync("run", Cancellation);

        Assert.True(requested);
        Assert.Equal(RunStatus.Running, run.Status);
        Assert.True(await test.Runs.IsCancelRequestedAsync("run", Cancellation));
    }

    /// <summary>Its process was killed: nobody would ever read the flag.</summary>
    [Fact]
    public async Task Cancel_RunningRunThatNobodyCarriesOut_EndsIt()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", RunStatus.Running);

        var (run, requested) = await test.Application.Cancel.CancelAsync("run", Cancellation);

        Assert.True(requested);
        Assert.Equal(RunStatus.Cancelled, run.Status);
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Cancelled)]
    public async Task Cancel_RunThatHasEnded_ChangesNothing(RunStatus status)
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", status);

        var (run, requested) = await test.Application.Cancel.CancelAsync("run", Cancellation);

        Assert.False(requested);
        Assert.Equal(status, run.Status);
        Assert.False(await test.Runs.IsCancelRequestedAsync("run", Cancellation));
    }

    [Fact]
    public async Task Cancel_NoSuchRun_IsRefused()
    {
        var test = await TestApplication.CreateAsync(azurite);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => test.Application.Cancel.CancelAsync("none", Cancellation));

        Assert.Equal(Refusal.NotFound, refused.Reason);
    }
}
