using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Api.Requests;

namespace ServerlessFashion.Api.Tests.Requests;

public sealed class LargeRequestsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly LargeRequests _requests;
    private int _releases;

    public LargeRequestsTests() => _requests = new LargeRequests(_time, () => _releases++);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _requests.Dispose();

    [Fact]
    public async Task TakeAsync_MoreThanMayBeAtOnce_WaitsUntilOneLeaves()
    {
        var first = await FillAsync();
        using var late = _requests.Offer();

        var waiting = late.TakeAsync(Cancellation);
        Assert.False(waiting.IsCompleted);
        first.Dispose();

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public async Task TakeAsync_NoTurnInTime_IsServiceUnavailable()
    {
        await FillAsync();
        using var late = _requests.Offer();

        var waiting = late.TakeAsync(Cancellation);
        _time.Advance(TimeSpan.FromSeconds(30));

        var problem = await Assert.ThrowsAsync<ProblemException>(() => waiting);
        Assert.Equal(503, problem.Status);
    }

    [Fact]
    public async Task TakeAsync_Twice_TakesOneTurn()
    {
        for (var request = 0; request < 2 * LargeRequests.AtOnce; request++)
        {
            using var turn = _requests.Offer();
            await turn.TakeAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
            await turn.TakeAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        }
    }

    [Fact]
    public async Task Dispose_LastRequest_ReleasesMemoryAfterAWhile()
    {
        var turn = _requests.Offer();
        await turn.TakeAsync(Cancellation);
        turn.Dispose();
        Assert.Equal(0, _releases);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(1, _releases);
    }

    [Fact]
    public async Task Dispose_MoreRequestsFollow_ReleasesMemoryAfterTheLast()
    {
        var first = _requests.Offer();
        await first.TakeAsync(Cancellation);
        first.Dispose();
        _time.Advance(TimeSpan.FromSeconds(3));
        var second = _requests.Offer();
        await second.TakeAsync(Cancellation);

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, _releases);
        second.Dispose();
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(1, _releases);
    }

    /// <summary>Takes every turn.</summary>
    /// <returns>One of them.</returns>
    private async Task<LargeRequests.Turn> FillAsync()
    {
        var turn = _requests.Offer();
        await turn.TakeAsync(Cancellation);
        for (var others = 1; others < LargeRequests.AtOnce; others++)
        {
            await _requests.Offer().TakeAsync(Cancellation);
        }

        return turn;
    }
}
