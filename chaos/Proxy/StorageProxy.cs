using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ServerlessFashion.Chaos.Proxy;

/// <summary>
/// A proxy between a command and the blobs and tables of an emulator. <see cref="Rule"/> decides what happens to each call.
/// </summary>
internal sealed class StorageProxy : IAsyncDisposable
{
    private readonly HttpClient _storage = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly WebApplication _server;
    private readonly Dictionary<int, int> _targets = [];
    private readonly CancellationTokenSource _ended = new();
    private int _calls;

    private StorageProxy(WebApplication server) => _server = server;

    /// <summary>Carries out one call. By default every call passes.</summary>
    public Func<StorageCall, Task> Rule { get; set; } = call => call.PassAsync();

    /// <summary>Number of calls so far.</summary>
    public int Calls => _calls;

    /// <summary>How a command reaches the emulator through this proxy.</summary>
    public string ConnectionString { get; private set; } = "";

    public static async Task<StorageProxy> StartAsync(Emulator emulator)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.Listen(IPAddress.Loopback, 0);
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = null;
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.MinResponseDataRate = null;
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var proxy = new StorageProxy(builder.Build());
        proxy._server.Run(proxy.HandleAsync);
        await proxy._server.StartAsync();
        var addresses = proxy._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var ports = addresses.Select(address => new Uri(address).Port).ToList();
        proxy._targets[ports[0]] = emulator.BlobPort;
        proxy._targets[ports[1]] = emulator.TablePort;
        proxy.ConnectionString = Emulator.Connect(ports[0], ports[1]);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _server.DisposeAsync();
        _storage.Dispose();
        _ended.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref _calls);
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, _ended.Token);
            await Rule(new StorageCall(context, body.ToArray(), _targets[context.Connection.LocalPort], _storage, number, _ended.Token));
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException or BadHttpRequestException)
        {
            // The command or the emulator ended, or it gave up this call.
            context.Abort();
        }
    }
}
