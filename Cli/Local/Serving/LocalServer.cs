using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Api;
using ServerlessFashion.Application;

namespace ServerlessFashion.Cli.Local.Serving;

/// <summary>
/// The HTTP API on a loopback address. It has no keys, so only programs on this machine may reach it. It refuses requests that the
/// user's browser sends for a foreign web page.
/// </summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    private readonly WebApplication _app;

    private LocalServer(WebApplication app) => _app = app;

    /// <summary>The address of the API, e.g. <c>http://localhost:7071/api</c>.</summary>
    public string Url
    {
        get
        {
            var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
            return addresses.First().Replace("[::1]", "localhost", StringComparison.Ordinal) + FashionApi.Prefix;
        }
    }

    /// <summary>Starts to listen.</summary>
    /// <param name="port">0 for any free port.</param>
    /// <exception cref="InvalidInputException">The port is in use.</exception>
    public static async Task<LocalServer> StartAsync(FashionApplication application, int port, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Any free port can be asked for on one address only.
            if (port == 0)
            {
                kestrel.Listen(IPAddress.Loopback, port);
            }
            else
            {
                kestrel.ListenLocalhost(port);
            }
        });
        // The exception below reports a start that fails.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.AddRoutingCore()
            .AddSingleton<IHostLifetime, NoLifetime>()
            .AddSingleton(application)
            .AddFashionApi();

        var app = builder.Build();
        app.Use(RefuseOtherMachinesAsync);
        app.UseProblemStatusCodePages();
        app.MapFashionApi();
        app.MapGet("/", context =>
        {
            context.Response.Redirect($"{FashionApi.Prefix}/dashboard");
            return Task.CompletedTask;
        });
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException e)
        {
            await app.DisposeAsync();
            throw new InvalidInputException($"port: cannot listen on {port} ({e.Message.TrimEnd('.')}); choose another with --port.", e);
        }

        return new LocalServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Refuses foreign hosts (DNS rebinding) and foreign origins (cross-site requests).</summary>
    private static async Task RefuseOtherMachinesAsync(HttpContext context, RequestDelegate next)
    {
        var origin = context.Request.Headers.Origin.ToString();
        var isOwnOrigin = origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && IsLoopback(from.Host));
        if (IsLoopback(context.Request.Host.Host) && isOwnOrigin)
        {
            await next(context);
            return;
        }

        await Problems.Of(StatusCodes.Status403Forbidden, "This server answers only programs on its own machine.").ExecuteAsync(context);
    }

    private static bool IsLoopback(string host) => LoopbackNames.Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>The program handles signals itself.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
