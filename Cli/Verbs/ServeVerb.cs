using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local.Serving;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Devices;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion serve</c>: serves the HTTP API, executes its runs and predicts uploads, until Ctrl-C.</summary>
internal sealed class ServeVerb(Server server, Output output)
{
    private sealed record Listening(string Url);

    public static Command Create()
    {
        var port = SharedOptions.Port(orAnyFree: true);
        return new Command(
            "serve", "Serves the HTTP API and the dashboard, and predicts uploads.")
        {
            port, SharedOptions.Storage, SharedOptions.Data, SharedOptions.Device, SharedOptions.Json,
        }.HandledBy<ServeVerb, int>(
            VerbNeeds.Training with { Services = services => services.AddServer() },
            (parse, services) =>
            {
                // A device that this machine cannot offer is reported before the server listens.
                services.GetRequiredService<TrainingMachine>().Device(
                    OptionText.Choice<DeviceChoice>("device", parse.GetValue(SharedOptions.Device)));
                return SharedOptions.CheckPort(parse.GetValue(port), orAnyFree: true);
            },
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private async Task<int> RunAsync(int port, CancellationToken cancellation)
    {
        await server.RunAsync(port, Announce, cancellation);
        output.Line("stopped; the next start continues unfinished runs, if there are any");
        return ExitCodes.Done;
    }

    private void Announce(string url) => output.Result(
        new Listening(url), () => output.Line($"listening on {url}; dashboard: {url}/dashboard; stop with Ctrl-C"));
}
