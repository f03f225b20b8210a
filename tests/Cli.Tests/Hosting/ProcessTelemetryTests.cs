using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Hosting;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Cli.Tests.Hosting;

public sealed class ProcessTelemetryTests
{
    [Fact]
    public async Task Start_NoDestination_LogsNowhere()
    {
        await using var telemetry = ProcessTelemetry.Start(new ConfigurationBuilder().Build());

        Assert.Same(NullLoggerFactory.Instance, telemetry.Loggers);
    }

    [Fact]
    public async Task Dispose_ReceiverThatNeverAnswers_EndsSoon()
    {
        // The system accepts connections to a listener for it, and nobody reads what they bring.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var telemetry = ProcessTelemetry.Start(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{silent.LocalEndpoint}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        }).Build());
        PipelineTelemetry.StartRun("run-1")?.Dispose();
        telemetry.Loggers.CreateLogger("test").Log(LogLevel.Error, default, "lost", null, (text, _) => text);

        var ending = Stopwatch.StartNew();
        await telemetry.DisposeAsync();

        // Two seconds by design; the exporter's own limit is ten.
        Assert.InRange(ending.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));
    }
}
