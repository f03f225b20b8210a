using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Tests.Verbs;

public sealed class CancelVerbTests(StorageFixture storage)
{
    /// <summary>The running one was killed: no process holds its lock.</summary>
    [Theory]
    [InlineData(RunStatus.Pending)]
    [InlineData(RunStatus.Running)]
    public async Task Cancel_RunThatNoProcessWorksOn_EndsIt(RunStatus status)
    {
        var account = await storage.NewAccountAsync();
        var runs = await StoredRuns.AddAsync(account, "run", status, 1, "model1");

        var result = await FashionProgram.RunAsync(account, "cancel", "run");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("run run is cancelled; continue with: ./fashion compare --resume run", result.Output);
        Assert.Equal(RunStatus.Cancelled, (await runs.GetAsync("run", TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task Cancel_RunThatHasEnded_SaysSo()
    {
        var account = await storage.NewAccountAsync();
        await StoredRuns.AddAsync(account, "run", RunStatus.Failed, 1, "model1");

        var result = await FashionProgram.RunAsync(account, "cancel", "run");

        Assert.Equal((0, "run run is already failed"), (result.ExitCode, result.Output));
    }
}
