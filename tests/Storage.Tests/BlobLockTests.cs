using ServerlessFashion.Tests;

namespace ServerlessFashion.Storage.Tests;

public class BlobLockTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acquire_HeldByAnother_WaitsForItsEnd()
    {
        var runs = (await azurite.NewStorageAsync()).Container(StorageNames.Runs);
        var first = await BlobLock.AcquireAsync(runs, "run/lock", TimeProvider.System, Cancellation);

        var second = BlobLock.AcquireAsync(runs, "run/lock", TimeProvider.System, Cancellation);
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();

        await using var held = await second;
        Assert.False(held.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Acquire_CancelledWhileWaiting_Ends()
    {
        var runs = (await azurite.NewStorageAsync()).Container(StorageNames.Runs);
        await using var first = await BlobLock.AcquireAsync(runs, "run/lock", TimeProvider.System, Cancellation);
        using var stop = new CancellationTokenSource();

        var second = BlobLock.AcquireAsync(runs, "run/lock", TimeProvider.System, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }
}
