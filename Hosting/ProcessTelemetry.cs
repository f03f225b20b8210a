using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

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

    /// <exception cref="InvalidInputException">A setting is invalid.</exception>
    public static ProcessTelemetry Start() => Start(new ConfigurationBuilder().AddEnvironmentVariables().Build());

    /// <exception cref="InvalidInputException">A setting is invalid.</exception>
    public static ProcessTelemetry Start(IConfiguration settings)
    {
        var services = new ServiceCollection();
        if (services.AddFashionTelemetry(settings) is null)
        {
            return new ProcessTelemetry(null);
        }

        var built = services.AddSingleton(settings).AddLogging().BuildServiceProvider();
        // A host would do this at its start.
        built.GetService<TracerProvider>();
        built.GetService<MeterProvider>();
        return new ProcessTelemetry(built);
    }

    /// <summary>
    /// Sends the remaining telemetry. The services end with the process, because disposing them could take longer than a flush.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await TelemetryFlush.RunAsync(_services);
        }
    }
}
