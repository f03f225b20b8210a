using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Cli.Local.Serving;

/// <summary>Serves the HTTP API, executes the requested runs, predicts uploads, and registers data sets that are put into storage.</summary>
internal sealed class Server(
    FashionApplication application, RunQueue queue, IncomingWatcher watcher, SourceWatcher sources, TrainingPriority priority)
{
    /// <summary>Serves until <paramref name="stop"/>. It saves the state of unfinished runs, and the next start continues them.</summary>
    /// <param name="port">0 for any free port.</param>
    /// <param name="listening">Receives the address of the API once the server listens.</param>
    /// <exception cref="InvalidInputException">The port is taken.</exception>
    public async Task RunAsync(int port, Action<string> listening, CancellationToken stop)
    {
        using var active = PipelineTelemetry.ObserveActiveRuns(() => queue.Active);
        await using (var server = await LocalServer.StartAsync(application, port, stop))
        {
            priority.LowerServer();
            listening(server.Url);
            await queue.ContinueUnfinishedAsync();
            await Task.WhenAll(watcher.RunAsync(stop), sources.RunAsync(stop));
        }

        await queue.WhenAllStoppedAsync();
    }
}

/// <summary>Registers the server in the services of a command.</summary>
internal static class ServerRegistration
{
    public static void AddServer(this IServiceCollection services) => services
        .AddSingleton<IProgress<StepNote>, ServerNotes>()
        .AddSingleton(_ => new TrainingPriority(new ProcessStarter()))
        .AddSingleton<IProcessStarter>(provider => provider.GetRequiredService<TrainingPriority>())
        .AddSingleton<IQueuedRuns, QueuedRuns>()
        .AddSingleton<RunQueue>()
        .AddSingleton<IComparisonHost>(provider => provider.GetRequiredService<RunQueue>())
        .AddSingleton<IncomingWatcher>()
        .AddSingleton<SourceWatcher>()
        .AddSingleton<Server>();
}
