namespace ServerlessFashion.Chaos.Serving;

/// <summary>Watches the memory of a server, which may be killed and started again, until it is disposed.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watch;

    private MemoryWatch(Func<int?> findProcess) => _watch = WatchAsync(findProcess);

    /// <summary>The most resident memory seen, in megabytes.</summary>
    public double PeakMegabytes { get; private set; }

    /// <param name="findProcess">The server's process; null while there is none.</param>
    public static MemoryWatch Start(Func<int?> findProcess) => new(findProcess);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch;
        _stop.Dispose();
    }

    private async Task WatchAsync(Func<int?> findProcess)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                var use = findProcess() is { } process ? ProcessUse.Find(process) : null;
                PeakMegabytes = Math.Max(PeakMegabytes, use?.Megabytes ?? 0);
            }
        }
        catch (OperationCanceledException)
        {
            // The watch is over.
        }
    }
}
