using ServerlessFashion.Datasets;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Cli.Tests.Verbs;

public sealed class ServeVerbTests(StorageFixture storage)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Serve_CtrlCWhileARunTakenUpTrains_LeavesItRunningForTheNextStart()
    {
        Assert.SkipUnless(FashionMnistFiles.AreIn("/usr/share/datasets/fashion-mnist"), "Needs the package dataset-fashion-mnist.");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a Unix signal.");
        var account = await storage.NewAccountAsync();
        var runs = await StoredRuns.AddAsync(account, "left-behind", RunStatus.Pending, 10_000, "model1");
        using var server = FashionProgram.Start(account, "training (0 of 1", "serve", "--port", "0");
        await server.MarkerAsync();

        server.Interrupt();
        var result = await server.EndAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("run left-behind started", result.Output, StringComparison.Ordinal);
        Assert.Contains("the next start continues unfinished runs", result.Output, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Running, (await runs.GetAsync("left-behind", Cancellation)).Status);
        // Its lock is free at once, not only when the lease has run out.
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await using var free = await BlobLock.AcquireAsync(
            FashionStorage.Connect(account).Container(StorageNames.Runs), "left-behind/lock", TimeProvider.System, soon.Token);
    }

    [Fact]
    public async Task Serve_NoSuchPort_IsBadUsage()
    {
        var result = await FashionProgram.RunAsync(await storage.NewAccountAsync(), "serve", "--port", "70000");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("port: 70000 is not a number from 0 to 65535", result.Error, StringComparison.Ordinal);
    }
}
