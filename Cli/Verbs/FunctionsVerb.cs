using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local.Emulator;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Cli.Local.Serving;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Devices;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>
/// <c>fashion functions</c>: runs the Azure Functions app on this machine, with the storage of the other verbs, until Ctrl-C.
/// </summary>
internal sealed class FunctionsVerb(StorageConnection connection, IProcessStarter processes, TimeProvider time, Output output)
{
    private sealed record Request(int Port, string? Folder, string? Data, DeviceChoice Device);

    public static Command Create()
    {
        var port = SharedOptions.Port(orAnyFree: false);
        var app = new Option<string?>("--app")
        {
            Description = "Folder of a built app (default: build and run this installation's app).",
            HelpName = "DIR",
        };
        return new Command(
            "functions", "Runs the Azure Functions app on this machine (needs func).")
        {
            port, app, SharedOptions.Storage, SharedOptions.Data, SharedOptions.Device,
        }.HandledBy<FunctionsVerb, Request>(
            VerbNeeds.Account with { Data = true },
            (parse, services) => Read(
                new Request(
                    SharedOptions.CheckPort(parse.GetValue(port), orAnyFree: false),
                    OptionText.NamedPath("app", parse.GetValue(app)), parse.GetValue(SharedOptions.Data),
                    services.GetRequiredService<TrainingMachine>().Device(
                        OptionText.Choice<DeviceChoice>("device", parse.GetValue(SharedOptions.Device))))),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    /// <summary>Checks what the host needs before the storage is opened and the app is built.</summary>
    private static Request Read(Request request)
    {
        if (request.Folder is { } folder)
        {
            FunctionsApp.CheckFolder(folder);
        }

        FunctionsApp.CheckTools();
        return request;
    }

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var folder = request.Folder;
        output.Line(folder is null ? "building the Functions app ..." : $"running the Functions app in {folder}");
        var app = folder is null
            ? await FunctionsApp.BuildAsync(processes, time, cancellation)
            : new FunctionsApp(Path.GetFullPath(folder), processes, time);
        var code = await app.RunAsync(request.Port, connection, request.Data, request.Device, cancellation);
        if (code == 0 || cancellation.IsCancellationRequested)
        {
            output.Line("stopped; the next start continues unfinished runs, if there are any");
            return ExitCodes.Done;
        }

        await Console.Error.WriteLineAsync($"fashion: the Functions host ended with code {code}.");
        return ExitCodes.Failed;
    }
}
