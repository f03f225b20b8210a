using Microsoft.Extensions.Time.Testing;

namespace ServerlessFashion.Storage.Tests;

public sealed class SharedReadsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<TaskCompletionSource<int>> _begun = [];
    private readonly SemaphoreSlim _beginnings = new(0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _beginnings.Dispose();

    [Fact]
    public async Task ReadAsync_CallersDuringARead_ShareOneReadThatBeginsLater()
    {
        var reads = new SharedReads<string, int>(_ => Begin(), _time);
        var first = reads.ReadAsync("a", Cancellation);
        await WaitForBeginningAsync();

        var others = Enumerable.Range(0, 50).Select(_ => reads.ReadAsync("a", Cancellation)).ToList();
        _begun[0].SetResult(1);
        Assert.Equal(1, await first);
        Assert.DoesNotContain(others, other => other.IsCompleted);
        await PassPauseAsync();
        _begun[1].SetResult(2);

        Assert.All(await Task.WhenAll(others), value => Assert.Equal(2, value));
        Assert.Equal(2, _begun.Count);
    }

    /// <summary>The clock of the test stands still, so a pause would never end.</summary>
    [Fact]
    public async Task ReadAsync_WithoutAPause_ReadsForLaterCallersAtOnce()
    {
        var reads = new SharedReads<string, int>(_ => Begin(), _time, TimeSpan.Zero);
        var first = reads.ReadAsync("a", Cancellation);
        await WaitForBeginningAsync();
        var second = reads.ReadAsync("a", Cancellation);

        _begun[0].SetResult(1);
        await WaitForBeginningAsync();
        _begun[1].SetResult(2);

        Assert.Equal((1, 2), (await first, await second));
    }

    [Fact]
    public async Task ReadAsync_OtherKey_DoesNotWait()
    {
        var reads = new SharedReads<string, int>(key => key == "slow" ? Begin() : Task.FromResult(7), _time);
        _ = reads.ReadAsync("slow", Cancellation);

        Assert.Equal(7, await reads.ReadAsync("fast", Cancellation));
    }

    [Fact]
    public async Task ReadAsync_Failure_ReachesEachOfItsCallersAndNoLaterOne()
    {
        var reads = new SharedReads<string, int>(_ => Begin(), _time);
        var first = reads.ReadAsync("a", Cancellation);
        await WaitForBeginningAsync();
        var second = reads.ReadAsync("a", Cancellation);
        _begun[0].SetException(new InvalidInputException("gone"));
        await Assert.ThrowsAsync<InvalidInputException>(() => first);

        await PassPauseAsync();
        _begun[1].SetResult(3);

        Assert.Equal(3, await second);
    }

    [Fact]
    public async Task ReadAsync_CallerGivesUp_LeavesTheReadToTheOthers()
    {
        var reads = new SharedReads<string, int>(_ => Begin(), _time);
        using var impatient = new CancellationTokenSource();
        var first = reads.ReadAsync("a", impatient.Token);
        await WaitForBeginningAsync();
        var second = reads.ReadAsync("a", Cancellation);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _begun[0].SetResult(1);
        await PassPauseAsync();
        _begun[1].SetResult(2);

        Assert.Equal(2, await second);
    }

    private Task<int> Begin()
    {
        var result = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _begun.Add(result);
        _beginnings.Release();
        return result.Task;
    }

    private async Task WaitForBeginningAsync() => Assert.True(await _beginnings.WaitAsync(TimeSpan.FromMinutes(1), Cancellation));

    /// <summary>The pause begins in the background, some time after the read before it has ended.</summary>
    private async Task PassPauseAsync()
    {
        while (!await _beginnings.WaitAsync(TimeSpan.FromMilliseconds(10), Cancellation))
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
        }
    }
}
