using System.CommandLine;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Devices;
using ServerlessFashion.Hosting;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion serve</c>: serves the HTTP API, executes its runs and predicts uploads, until Ctrl-C.</summary>
internal static class ServeVerb
{
    private sealed record Listening(string Url);

    public static Command Create()
    {
        var port = SharedOptions.Port(orAnyFree: true);
        var (storage, data, device, json) = (SharedOptions.Storage(), SharedOptions.Data(), SharedOptions.Device(), SharedOptions.Json());
        var command = new Command(
            "serve", "Serves the HTTP API, runs the requested comparisons, and predicts uploads to the container incoming.")
        {
            port, storage, data, device, json,
        };
        command.SetAction((parse, cancellation) => RunAsync(
            parse.GetValue(port), parse.GetValue(storage), parse.GetValue(data),
            SharedOptions.DeviceOf(parse.GetValue(device)), parse.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        int port, string? storage, string? data, DeviceChoice? device, bool json, CancellationToken cancellation)
    {
        SharedOptions.CheckPort(port, orAnyFree: true);
        var devices = LocalRuns.Devices(device);
        devices.Choose(device);

        var output = new Output(json);
        await using var telemetry = ProcessTelemetry.Start();
        await using var connection = await StorageConnection.OpenAsync(storage, cancellation);
        using var classifiers = new ClassifierCache(connection.Storage);
        using var queue = new RunQueue(connection, devices, data, output, telemetry.Loggers, cancellation);
        using var active = PipelineTelemetry.ObserveActiveRuns(() => queue.Active);
        var application = LocalApplication.Create(connection.Storage, queue, devices);
        await using (var server = await LocalServer.StartAsync(connection.Storage, application, classifiers, port, cancellation))
        {
            output.Result(new Listening(server.Url), () => output.Line($"listening on {server.Url}; dashboard: {server.Url}/dashboard; "
                + "stop with Ctrl-C"));
            await queue.TakeUpAsync();
            var predictor = new IncomingPredictor(
                connection.Storage, new ModelRegistry(connection.Storage, TimeProvider.System), classifiers, TimeProvider.System,
                telemetry.Loggers.CreateLogger<IncomingPredictor>());
            await new IncomingWatcher(connection.Storage, predictor, TimeProvider.System, output).RunAsync(cancellation);
        }

        await queue.WhenAllStoppedAsync();
        output.Line("stopped; the next start continues unfinished runs");
        return ExitCodes.Done;
    }
}
