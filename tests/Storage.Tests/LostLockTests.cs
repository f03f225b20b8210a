using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Storage.Tests;

/// <summary>What a holder of a <see cref="BlobLock"/> learns when its lease cannot be renewed.</summary>
public class LostLockTests(AzuriteFixture azurite)
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lost_LeaseBroken_IsCancelledAtTheNextRenewal()
    {
        var runs = (await azurite.NewStorageAsync()).Container(StorageNames.Runs);
        await using var held = await BlobLock.AcquireAsync(runs, "run/lock", _time, Cancellation);
        await runs.GetBlobClient("run/lock").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Cancellation);

        await AdvanceUntilLostAsync(held, TimeSpan.FromSeconds(5));
    }

    /// <summary>The storage client's last word when no attempt is answered.</summary>
    [Fact]
    public async Task Lost_EveryAttemptFails_IsCancelledAndDisposalIsQuiet()
    {
        var failure = new AggregateException("Retry failed after 6 tries.", new RequestFailedException("Connection refused"));
        var held = await AcquireAsync(_ => throw failure);

        await AdvanceUntilLostAsync(held, TimeSpan.FromSeconds(5));

        await held.DisposeAsync();
    }

    /// <summary>A lease of 15 s, asked for at 0 s, is lost at 13 s: before somebody else can have it.</summary>
    [Fact]
    public async Task Lost_RenewalGetsNoAnswer_IsCancelledBeforeTheLeaseExpires()
    {
        var asked = new TaskCompletionSource();
        await using var held = await AcquireAsync(async cancelled =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancelled);
        });
        _time.Advance(TimeSpan.FromSeconds(5));
        await asked.Task;

        _time.Advance(TimeSpan.FromSeconds(7.9));
        Assert.False(held.Lost.IsCancellationRequested);

        await AdvanceUntilLostAsync(held, TimeSpan.FromSeconds(0.2));
    }

    private async Task AdvanceUntilLostAsync(BlobLock held, TimeSpan time)
    {
        var lost = new TaskCompletionSource();
        await using var registration = held.Lost.Register(lost.SetResult);
        _time.Advance(time);
        await lost.Task.WaitAsync(Cancellation);
    }

    /// <param name="renewal">What happens instead of a renewal.</param>
    private async Task<BlobLock> AcquireAsync(Func<CancellationToken, Task> renewal)
    {
        var options = new BlobClientOptions();
        options.AddPolicy(new RenewalPolicy(renewal), HttpPipelinePosition.PerCall);
        var runs = FashionStorage.Connect(await azurite.NewAccountAsync(), options).Container(StorageNames.Runs);
        return await BlobLock.AcquireAsync(runs, "run/lock", _time, Cancellation);
    }

    private sealed class RenewalPolicy(Func<CancellationToken, Task> renewal) : HttpPipelinePolicy
    {
        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (message.Request.Headers.TryGetValue("x-ms-lease-action", out var action) && action == "renew")
            {
                await renewal(message.CancellationToken);
            }

            await ProcessNextAsync(message, pipeline);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);
    }
}
