using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ServerlessFashion.Hosting;

namespace ServerlessFashion.Cli.Tests.Hosting;

public sealed class TelemetryRegistrationTests
{
    private const string Connection = "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=http://127.0.0.1:1/";

    [Theory]
    [InlineData]
    [InlineData("OTEL_SERVICE_NAME=fashion-api")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf")]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING=Authorization=AAD")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318", "OTEL_SDK_DISABLED=true")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING=" + Connection, "OTEL_SDK_DISABLED=True")]
    public void AddFashionTelemetry_NoDestination_RegistersNothing(params string[] settings)
    {
        var services = new ServiceCollection();

        Assert.Null(services.AddFashionTelemetry(Settings(settings)));
        Assert.Empty(services);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", true, true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:1/v1/traces", true, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://127.0.0.1:1/v1/metrics", false, true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://127.0.0.1:1/v1/logs", false, false, true)]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING=" + Connection, true, true, true)]
    public void AddFashionTelemetry_ADestination_RegistersItsSignals(string setting, bool traces, bool metrics, bool logs)
    {
        var services = new ServiceCollection();

        Assert.NotNull(services.AddFashionTelemetry(Settings(setting)));
        Assert.Equal(
            (traces, metrics, logs),
            (IsThere<TracerProvider>(), IsThere<MeterProvider>(), IsThere<LoggerProvider>()));

        bool IsThere<T>() => services.Any(service => service.ServiceType == typeof(T));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4318", "OTEL_EXPORTER_OTLP_ENDPOINT: expected the address of an OTLP receiver")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=/v1/logs", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: expected the address of an OTLP receiver")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING=secret", "APPLICATIONINSIGHTS_CONNECTION_STRING: expected a connection string with")]
    public void AddFashionTelemetry_UnreadableSetting_IsNamed(string setting, string message)
    {
        var failure = Assert.Throws<InvalidInputException>(() => new ServiceCollection().AddFashionTelemetry(Settings(setting)));

        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("ClientId=abc", false)]
    [InlineData("Authorization=AAD", true)]
    [InlineData("Authorization=AAD;ClientId=abc", true)]
    public void Credential_OfTheAuthenticationString_IsAManagedIdentity(string? text, bool expected) =>
        Assert.Equal(expected, ApplicationInsights.Credential(text) is ManagedIdentityCredential);

    private static IConfiguration Settings(params string[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]))
        .Build();
}
