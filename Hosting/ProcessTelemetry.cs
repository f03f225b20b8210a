using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ServerlessFashion.Hosting.Logs;

namespace ServerlessFashion.Hosting;

/// <summary>Telemetry of a process without a generic host, configured by its environment, until it is disposed.</summary>
internal sealed class ProcessTelemetry : IAsyncDisposable
{
    private readonly IServiceProvider? _services;

    private ProcessTelemetry(IServiceProvider? services)
    {
        _services = services;
        Loggers = services?.GetRequiredService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
    }

    /// <summary>Loggers that write only to the destinations, never to the terminal.</summary>
    public ILoggerFactory Loggers { get; }

    /// <summary>Starts no telemetry, and only writes log records.</summary>
    /// <param name="log">Gets the log records; null for none.</param>
    public static ProcessTelemetry StartLog(LogWriter? log) => log is null
        ? new ProcessTelemetry(null)
        : new ProcessTelemetry(new ServiceCollection().AddLogging(logging => AddLog(logging, log)).BuildServiceProvider());

    /// <param name="log">Gets the log records too; null for the destinations alone.</param>
    /// <exception cref="InvalidInputException">A setting cannot be read.</exception>
    public static ProcessTelemetry Start(LogWriter? log) => Start(new ConfigurationBuilder().AddEnvironmentVariables().Build(), log);

    /// <inheritdoc cref="Start(LogWriter?)"/>
    public static ProcessTelemetry Start(IConfiguration settings, LogWriter? log = null)
    {
        var services = new ServiceCollection();
        if (services.AddFashionTelemetry(settings) is null)
        {
            return StartLog(log);
        }

        var built = services.AddSingleton(settings).AddLogging(logging => AddLog(logging, log)).BuildServiceProvider();
        // A host would do this at its start.
        built.GetService<TracerProvider>();
        built.GetService<MeterProvider>();
        return new ProcessTelemetry(built);
    }

    private static void AddLog(ILoggingBuilder logging, LogWriter? log)
    {
        if (log is not null)
        {
            logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
            // Only the log writer knows the level of the user; telemetry keeps its own.
            logging.AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.Information);
        }
    }

    /// <summary>Sends what is left. The services end with the process: to dispose of them could take longer than a flush.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await TelemetryFlush.RunAsync(_services);
        }
    }
}
