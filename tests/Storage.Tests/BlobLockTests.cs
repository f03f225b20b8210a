using Azure;
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

    /// <summary>Each holder asks storage something while it holds the lock, so holders without a lock would meet there.</summary>
    [Fact]
    public async Task Acquire_SeveralAtOnce_OneHoldsTheLockAtATime()
    {
        var runs = (await azurite.NewStorageAsync()).Container(StorageNames.Runs);
        var (holders, most, held) = (0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var lease = await BlobLock.AcquireAsync(runs, "run/lock", TimeProvider.System, Cancellation);
            most = Math.Max(most, Interlocked.Increment(ref holders));
            await runs.GetPropertiesAsync(cancellationToken: Cancellation);
            Interlocked.Decrement(ref holders);
            Interlocked.Increment(ref held);
        }));

        Assert.Equal((1, 4), (most, held));
    }

    [Fact]
    public async Task Acquire_HeldByAnother_HoldsTheLeaseOfTheBlob()
    {
        var runs = (await azurite.NewStorageAsync()).Container(StorageNames.Runs);
        await using var first = await BlobLock.AcquireAsync(runs, "run/lock", TimeProvider.System, Cancellation);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(
            () => runs.GetBlobClient("run/lock").UploadAsync(BinaryData.Empty, overwrite: true, Cancellation));

        Assert.Equal("LeaseIdMissing", refused.ErrorCode);
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
