using System.CommandLine;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Devices;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>
/// <c>fashion functions</c>: runs the Azure Functions app on this machine, with the storage of the other verbs, until Ctrl-C.
/// </summary>
internal static class FunctionsVerb
{
    public static Command Create()
    {
        var port = SharedOptions.Port(orAnyFree: false);
        var app = new Option<string?>("--app")
        {
            Description = "Folder of a built app (default: build and run this installation's app).",
            HelpName = "DIR",
        };
        var (storage, data, device) = (SharedOptions.Storage(), SharedOptions.Data(), SharedOptions.Device());
        var command = new Command(
            "functions", "Runs the Azure Functions app on this machine; needs Azure Functions Core Tools (func).")
        {
            port, app, storage, data, device,
        };
        command.SetAction((parse, cancellation) => RunAsync(
            parse.GetValue(port), parse.GetValue(app), parse.GetValue(storage), parse.GetValue(data),
            SharedOptions.DeviceOf(parse.GetValue(device)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        int port, string? folder, string? storage, string? data, DeviceChoice? device, CancellationToken cancellation)
    {
        SharedOptions.CheckPort(port, orAnyFree: false);
        var chosen = LocalRuns.Devices(device).Choose(device);
        var output = new Output(json: false);
        await using var connection = await StorageConnection.OpenAsync(storage, cancellation);
        output.Line(folder is null ? "building the Functions app ..." : $"running the Functions app in {folder}");
        var app = folder is null ? await FunctionsApp.BuildAsync(cancellation) : new FunctionsApp(Path.GetFullPath(folder));
        var code = await app.RunAsync(port, connection, data, chosen, cancellation);
        if (code == 0 || cancellation.IsCancellationRequested)
        {
            output.Line("stopped; the next start continues unfinished runs");
            return ExitCodes.Done;
        }

        await Console.Error.WriteLineAsync($"fashion: the Functions host ended with code {code}.");
        return ExitCodes.Failed;
    }
}
