using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Application;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Cli.Local;

/// <summary>Serves the HTTP API, carries out the runs that it is asked for, and predicts uploads.</summary>
internal sealed class Server(FashionApplication application, RunQueue queue, IncomingWatcher watcher)
{
    /// <summary>Runs until it is told to stop; unfinished runs then stand as the next start finds them.</summary>
    /// <param name="port">0 for any free port.</param>
    /// <param name="listening">Hears of the address once the server listens.</param>
    /// <exception cref="InvalidInputException">The port is taken.</exception>
    public async Task RunAsync(int port, Action<string> listening, CancellationToken stop)
    {
        using var active = PipelineTelemetry.ObserveActiveRuns(() => queue.Active);
        await using (var server = await LocalServer.StartAsync(application, port, stop))
        {
            listening(server.Url);
            await queue.ContinueUnfinishedAsync();
            await watcher.RunAsync(stop);
        }

        await queue.WhenAllStoppedAsync();
    }
}

/// <summary>Registers the server in the services of a command.</summary>
internal static class ServerRegistration
{
    public static void AddServer(this IServiceCollection services) => services
        .AddSingleton<IProgress<StepNote>, ServerNotes>()
        .AddSingleton<RunQueue>()
        .AddSingleton<IComparisonHost>(provider => provider.GetRequiredService<RunQueue>())
        .AddSingleton<IncomingWatcher>()
        .AddSingleton<Server>();
}
