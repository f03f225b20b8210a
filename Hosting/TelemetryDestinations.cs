using Microsoft.Extensions.Configuration;
using ServerlessFashion.Settings;

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

    /// <summary>OpenTelemetry takes every value but true as false.</summary>
    private static readonly Setting<bool> Disabled = new(DisabledSetting, false, "true or false", TryParseTrue);

    /// <summary>An error does not repeat the text: it holds a key.</summary>
    private static readonly Setting<string?> Connection =
        new(ApplicationInsightsSetting, null, "a connection string with InstrumentationKey=..., as the portal shows it", TryParseConnection)
        {
            IsSecret = true,
        };

    public bool SendsNothing => this == None;

    /// <exception cref="InvalidInputException">A setting is invalid.</exception>
    public static TelemetryDestinations Read(IConfiguration configuration)
    {
        var settings = new SettingSource(name => configuration[name]);
        if (settings.Get(Disabled))
        {
            return None;
        }

        var isShared = settings.Get(Address(OtlpSetting)) is not null;
        return new TelemetryDestinations(
            new(isShared, settings.Get(Address(TracesSetting))),
            new(isShared, settings.Get(Address(MetricsSetting))),
            new(isShared, settings.Get(Address(LogsSetting))),
            settings.Get(Connection));
    }

    private static Setting<Uri?> Address(string name) =>
        new(name, null, "the address of an OTLP receiver such as http://localhost:4318", TryParseAddress);

    private static bool TryParseAddress(string text, out Uri? value) =>
        Uri.TryCreate(text, UriKind.Absolute, out value) && value is { Scheme: "http" or "https" };

    private static bool TryParseTrue(string text, out bool value)
    {
        value = text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return true;
    }

    private static bool TryParseConnection(string text, out string? value)
    {
        value = text;
        return text.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>The OTLP receiver of one signal, if any.</summary>
/// <param name="IsShared">The common setting names a receiver of all signals.</param>
/// <param name="Own">The full address of this signal's own receiver, which takes precedence; null for none.</param>
internal readonly record struct OtlpDestination(bool IsShared, Uri? Own)
{
    public bool IsOn => IsShared || Own is not null;
}
