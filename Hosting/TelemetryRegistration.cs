using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ServerlessFashion.Hosting;

/// <summary>Traces, metrics and logs of a process, by the standard settings of OpenTelemetry and Application Insights.</summary>
internal static class TelemetryRegistration
{
    /// <summary>The exporter sends event ids only if this experimental setting is true.</summary>
    private const string EventIdSetting = "OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EVENT_LOG_ATTRIBUTES";

    private static readonly string[] Sources =
    [
        "ServerlessFashion.*",
        // Requests to the web server. Without their spans, those of predictions would have a parent that nobody records.
        "Microsoft.AspNetCore",
        // Client spans of Durable Task come from the worker, the others from the Functions host.
        "Microsoft.DurableTask",
    ];

    /// <summary>Registers the exporters that the settings request.</summary>
    /// <returns>Null if the settings request none; nothing is registered then.</returns>
    /// <exception cref="InvalidInputException">A setting is invalid.</exception>
    public static OpenTelemetryBuilder? AddFashionTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        var destinations = TelemetryDestinations.Read(settings);
        if (destinations.SendsNothing)
        {
            return null;
        }

        settings[EventIdSetting] ??= "true";
        var telemetry = services.AddOpenTelemetry().ConfigureResource(Describe);
        var monitor = destinations.ApplicationInsights;
        void ConfigureMonitor(AzureMonitorExporterOptions options) =>
            ApplicationInsights.Configure(options, monitor!, settings[ApplicationInsights.AuthenticationSetting]);

        if (destinations.Traces.IsOn || monitor is not null)
        {
            telemetry.WithTracing(traces =>
            {
                traces.AddSource(Sources);
                _ = destinations.Traces.IsOn ? traces.AddOtlpExporter(Configure(destinations.Traces)) : traces;
                _ = monitor is not null ? traces.AddAzureMonitorTraceExporter(ConfigureMonitor) : traces;
            });
        }

        if (destinations.Metrics.IsOn || monitor is not null)
        {
            telemetry.WithMetrics(metrics =>
            {
                metrics.AddMeter("ServerlessFashion.*");
                _ = destinations.Metrics.IsOn ? metrics.AddOtlpExporter(Configure(destinations.Metrics)) : metrics;
                _ = monitor is not null ? metrics.AddAzureMonitorMetricExporter(ConfigureMonitor) : metrics;
            });
        }

        if (destinations.Logs.IsOn || monitor is not null)
        {
            services.Configure<OpenTelemetryLoggerOptions>(options => options.IncludeFormattedMessage = true);
            telemetry.WithLogging(logs =>
            {
                logs.AddProcessor(new RunTagProcessor());
                _ = destinations.Logs.IsOn ? logs.AddOtlpExporter(Configure(destinations.Logs)) : logs;
                _ = monitor is not null ? logs.AddAzureMonitorLogExporter(ConfigureMonitor) : logs;
            });
        }

        return telemetry;
    }

    /// <summary>The settings OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last, so they win.</summary>
    private static void Describe(ResourceBuilder resource) => resource
        .Clear()
        .AddService("fashion", serviceVersion: typeof(TelemetryRegistration).Assembly.GetName().Version?.ToString(3))
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    private static Action<OtlpExporterOptions> Configure(OtlpDestination destination) => options =>
    {
        if (destination.Own is { } address)
        {
            options.Endpoint = address;
        }
    };
}
