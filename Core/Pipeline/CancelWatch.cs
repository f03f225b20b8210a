using Azure;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline;

/// <summary>Reads a run's cancel flag once a second and turns it into a token that long steps check between batches.</summary>
public sealed class CancelWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _requested;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _watching;

    private CancelWatch(RunStore runs, string runId, TimeProvider time, CancellationToken also)
    {
        _requested = CancellationTokenSource.CreateLinkedTokenSource(also);
        _watching = WatchAsync(runs, runId, time);
    }

    /// <summary>Cancelled when the flag is set or the token given at the start is cancelled.</summary>
    public CancellationToken Requested => _requested.Token;

    public static CancelWatch Start(RunStore runs, string runId, TimeProvider time, CancellationToken also) => new(runs, runId, time, also);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _watching;
        _ended.Dispose();
        _requested.Dispose();
    }

    private async Task WatchAsync(RunStore runs, string runId, TimeProvider time)
    {
        try
        {
            while (!await IsRequestedAsync(runs, runId))
            {
                await Task.Delay(Interval, time, _ended.Token);
            }

            await _requested.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The step has ended.
        }
    }

    private async Task<bool> IsRequestedAsync(RunStore runs, string runId)
    {
        try
        {
            return await runs.IsCancelRequestedAsync(runId, _ended.Token);
        }
        catch (RequestFailedException)
        {
            // Storage that does not answer for a moment must not end a training; the next look tells.
            return false;
        }
    }
}
