using Microsoft.Extensions.Configuration;

namespace ServerlessFashion.Hosting;

/// <summary>
/// The destinations of telemetry, by the standard settings of OpenTelemetry and Application Insights. Without a setting nothing is
/// sent.
/// </summary>
/// <param name="Traces">The OTLP receiver of traces.</param>
/// <param name="Metrics">The OTLP receiver of metrics.</param>
/// <param name="Logs">The OTLP receiver of logs.</param>
/// <param name="ApplicationInsights">Connection string of Application Insights; null for none.</param>
internal sealed record TelemetryDestinations(
    OtlpDestination Traces, OtlpDestination Metrics, OtlpDestination Logs, string? ApplicationInsights)
{
    public const string OtlpSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string TracesSetting = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    public const string MetricsSetting = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    public const string LogsSetting = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT";
    public const string ApplicationInsightsSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    public const string DisabledSetting = "OTEL_SDK_DISABLED";

    private static readonly TelemetryDestinations None = new(default, default, default, null);

    public bool SendsNothing => this == None;

    /// <exception cref="InvalidInputException">A setting is invalid.</exception>
    public static TelemetryDestinations Read(IConfiguration settings)
    {
        if (string.Equals(settings[DisabledSetting], "true", StringComparison.OrdinalIgnoreCase))
        {
            return None;
        }

        var isShared = ReadAddress(settings, OtlpSetting) is not null;
        return new TelemetryDestinations(
            new(isShared, ReadAddress(settings, TracesSetting)),
            new(isShared, ReadAddress(settings, MetricsSetting)),
            new(isShared, ReadAddress(settings, LogsSetting)),
            ReadConnection(settings));
    }

    private static Uri? ReadAddress(IConfiguration settings, string name)
    {
        if (settings[name] is not { Length: > 0 } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https" }
            ? address
            : throw new InvalidInputException(
                $"{name}: expected the address of an OTLP receiver such as http://localhost:4318, found '{text}'.");
    }

    private static string? ReadConnection(IConfiguration settings)
    {
        if (settings[ApplicationInsightsSetting] is not { Length: > 0 } text)
        {
            return null;
        }

        // The text is not repeated: it holds a key.
        return text.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase)
            ? text
            : throw new InvalidInputException(
                $"{ApplicationInsightsSetting}: expected a connection string with InstrumentationKey=..., as the portal shows it.");
    }
}

/// <summary>The OTLP receiver of one signal, if any.</summary>
/// <param name="IsShared">The common setting names a receiver of all signals.</param>
/// <param name="Own">The full address of this signal's own receiver, which takes precedence; null for none.</param>
internal readonly record struct OtlpDestination(bool IsShared, Uri? Own)
{
    public bool IsOn => IsShared || Own is not null;
}
