using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Requests;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Pipeline;

/// <summary>Reads a run's cancel flag once a second and turns it into a token that long steps check between batches.</summary>
public sealed class CancelWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _requested;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _watching;
    private readonly ILogger _log;

    private CancelWatch(RunStore runs, string runId, TimeProvider time, ILogger log, CancellationToken also)
    {
        _log = log;
        _requested = CancellationTokenSource.CreateLinkedTokenSource(also);
        _watching = WatchAsync(runs, runId, time);
    }

    /// <summary>Cancelled when the flag is set or the token given at the start is cancelled.</summary>
    public CancellationToken Requested => _requested.Token;

    public static CancelWatch Start(RunStore runs, string runId, TimeProvider time, CancellationToken also, ILogger? log = null) =>
        new(runs, runId, time, log ?? NullLogger.Instance, also);

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

            _log.CancelSeen(runId);
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
        catch (Exception e) when (StorageFailure.Is(e))
        {
            // Storage that does not answer for a moment must not end a training.
            _log.CancelFlagUnread(runId, Interval.TotalSeconds, e);
            return false;
        }
    }
}
