using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Storage;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Functions.Hosting;

/// <summary>
/// Reads the number of active runs once a minute, as often as metrics are sent. All replicas report the same number, so their
/// maximum is correct, and a run that an ended replica started still counts. The cost is one storage transaction per minute.
/// </summary>
internal sealed partial class ActiveRuns(RunStore runs, TimeProvider time, ILogger<ActiveRuns> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private int _count;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IDisposable? observed = null;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                try
                {
                    _count = (await runs.ListUnfinishedAsync(stoppingToken)).Count;
                    observed ??= PipelineTelemetry.ObserveActiveRuns(() => _count);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // The last number stands until storage answers again.
                    NotRead(e);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app ends.
        }
        finally
        {
            observed?.Dispose();
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "The active runs cannot be counted")]
    private partial void NotRead(Exception exception);
}
