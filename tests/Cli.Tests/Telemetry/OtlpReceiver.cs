using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Cli.Tests.Telemetry.Otlp;

namespace ServerlessFashion.Cli.Tests.Telemetry;

/// <summary>An OTLP receiver by HTTP and protobuf on a free port, which keeps what it gets.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<TraceRequest> _traces = new();
    private readonly ConcurrentQueue<MetricsRequest> _metrics = new();
    private readonly ConcurrentQueue<LogsRequest> _logs = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>The environment of a program that sends everything here, soon.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    public IReadOnlyList<Span> Spans =>
    [
        .. _traces.SelectMany(request => request.ResourceSpans)
            .SelectMany(resource => resource.ScopeSpans)
            .SelectMany(scope => scope.Spans),
    ];

    public IReadOnlyList<LogRecord> Logs =>
    [
        .. _logs.SelectMany(request => request.ResourceLogs)
            .SelectMany(resource => resource.ScopeLogs)
            .SelectMany(scope => scope.LogRecords),
    ];

    /// <summary>Each metric as it was sent last by each process, oldest first.</summary>
    public IReadOnlyList<Metric> Metrics =>
    [
        .. from request in _metrics
           from resource in request.ResourceMetrics
           from scope in resource.ScopeMetrics
           from metric in scope.Metrics
           group metric by (Process: resource.Resource.Attributes.Text("service.instance.id"), metric.Name) into sent
           select sent.Last(),
    ];

    public IReadOnlyList<string> Services =>
    [
        .. _traces.SelectMany(request => request.ResourceSpans)
            .Select(resource => resource.Resource.Attributes.Text("service.name")).Distinct(),
    ];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.Run(receiver.ReceiveAsync);
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Waits until the program has sent what is asked for.</summary>
    public async Task WaitAsync(Func<OtlpReceiver, bool> arrived)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(TimeSpan.FromMinutes(1));
        while (!arrived(this))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), late.Token);
        }
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        body.Position = 0;
        switch (context.Request.Path.Value)
        {
            case "/v1/traces":
                _traces.Enqueue(Read(TraceRequest.Parser));
                break;
            case "/v1/metrics":
                _metrics.Enqueue(Read(MetricsRequest.Parser));
                break;
            case "/v1/logs":
                _logs.Enqueue(Read(LogsRequest.Parser));
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }

        T Read<T>(MessageParser<T> parser)
            where T : IMessage<T> => parser.ParseFrom(body);
    }
}
