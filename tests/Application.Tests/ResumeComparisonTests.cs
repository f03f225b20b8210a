using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Application.Tests;

public sealed class ResumeComparisonTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RunStatus.Cancelled)]
    [InlineData(RunStatus.Failed)]
    public async Task Resume_RunThatStoppedShort_WaitsAgainWithoutItsCancelFlagAndIsStarted(RunStatus status)
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", status);
        await test.Runs.RequestCancelAsync("run", Cancellation);

        var (run, hasWork) = await test.Application.Resume.ResumeAsync("run", Cancellation);

        Assert.True(hasWork);
        Assert.Equal(RunStatus.Pending, run.Status);
        Assert.Equal(RunStatus.Pending, Assert.Single(test.Host.Started).Status);
        Assert.False(await test.Runs.IsCancelRequestedAsync("run", Cancellation));
    }

    [Fact]
    public async Task Resume_CompletedRunWithEveryModel_HasNoWork()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", RunStatus.Completed, winner: "model3");
        await test.AddComparisonAsync("run", winner: "model3");

        var (run, hasWork) = await test.Application.Resume.ResumeAsync("run", Cancellation);

        Assert.False(hasWork);
        Assert.Equal((RunStatus.Completed, "model3"), (run.Status, run.Winner));
        Assert.Empty(test.Host.Started);
    }

    [Fact]
    public async Task Resume_CompletedRunWithAFailedModel_IsStartedAgain()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", RunStatus.Completed, winner: "model1");
        await test.AddComparisonAsync("run", winner: "model1", model3Error: "out of memory");

        var (run, hasWork) = await test.Application.Resume.ResumeAsync("run", Cancellation);

        Assert.True(hasWork);
        Assert.Equal((RunStatus.Pending, null, null), (run.Status, run.Winner, run.FinishedAt));
        Assert.Single(test.Host.Started);
    }

    /// <summary>A resume of an older build could leave them so.</summary>
    [Fact]
    public async Task Resume_CompletedRunWhoseComparisonNamesAnotherWinner_IsStartedAgain()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", RunStatus.Completed, winner: "model1");
        await test.AddComparisonAsync("run", winner: "model3");

        Assert.True((await test.Application.Resume.ResumeAsync("run", Cancellation)).HasWork);
    }

    [Theory]
    [InlineData(RunStatus.Pending)]
    [InlineData(RunStatus.Running)]
    public async Task Resume_RunThatHasNotEnded_KeepsItsStatusAndMakesSureOfItsStart(RunStatus status)
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", status);
        test.Host.IsUnderWay = true;

        var (run, hasWork) = await test.Application.Resume.ResumeAsync("run", Cancellation);

        Assert.True(hasWork);
        Assert.Equal(status, run.Status);
        Assert.Single(test.Host.Started);
    }

    [Fact]
    public async Task Resume_RunThatIsStopping_IsRefusedAndStillStops()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", RunStatus.Running);
        await test.Runs.RequestCancelAsync("run", Cancellation);
        test.Host.IsUnderWay = true;

        var refused = await Assert.ThrowsAsync<RefusedException>(() => test.Application.Resume.ResumeAsync("run", Cancellation));

        Assert.Equal(Refusal.Conflict, refused.Reason);
        Assert.True(await test.Runs.IsCancelRequestedAsync("run", Cancellation));
        Assert.Empty(test.Host.Started);
    }

    [Fact]
    public async Task Resume_NoSuchRun_IsRefused()
    {
        var test = await TestApplication.CreateAsync(azurite);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => test.Application.Resume.ResumeAsync("none", Cancellation));

        Assert.Equal(Refusal.NotFound, refused.Reason);
    }
}
