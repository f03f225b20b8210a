using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ServerlessFashion.Hosting;

/// <summary>
/// Sends the remaining telemetry when a process ends. A receiver that does not answer delays the end by at most two seconds.
/// </summary>
internal sealed class TelemetryFlush(IServiceProvider services) : IHostedLifecycleService
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Ends the exporters; nothing is sent afterwards.</summary>
    public static async Task RunAsync(IServiceProvider services)
    {
        var milliseconds = (int)Limit.TotalMilliseconds;
        // They block, so each gets a thread.
        var ends = Task.WhenAll(
            Task.Run(() => services.GetService<TracerProvider>()?.Shutdown(milliseconds)),
            Task.Run(() => services.GetService<MeterProvider>()?.Shutdown(milliseconds)),
            Task.Run(() => services.GetService<LoggerProvider>()?.Shutdown(milliseconds)));
        await Task.WhenAny(ends, Task.Delay(Limit));
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => RunAsync(services);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
