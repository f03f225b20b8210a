using System.Diagnostics;
using System.Globalization;
using ServerlessFashion.Cli.Local.Emulator;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Cli.Local.Trainings;
using ServerlessFashion.Datasets;
using ServerlessFashion.Devices;
using ServerlessFashion.Training;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Cli.Local.Serving;

/// <summary>The Functions app on this machine. The .NET SDK builds it, and Azure Functions Core Tools (<c>func</c>) run it.</summary>
/// <param name="folder">The build output with <c>host.json</c> and <c>functions.metadata</c>.</param>
internal sealed class FunctionsApp(string folder, IProcessStarter processes, TimeProvider time)
{
    /// <summary>Time for the host to finish its work and for the build to clean up.</summary>
    private static readonly ChildStop Stop = ChildStop.BySignal(TimeSpan.FromMinutes(1));

    /// <summary>The .NET SDK and the Core Tools send telemetry unless these are set.</summary>
    private static readonly string[] TelemetryOptOuts = ["DOTNET_CLI_TELEMETRY_OPTOUT", "FUNCTIONS_CORE_TOOLS_TELEMETRY_OPTOUT"];

    private const string NoTools =
        "functions: Azure Functions Core Tools 4 (func) are not on PATH; install them with `npm install --global "
        + "azure-functions-core-tools@4`, or use `fashion serve`, which offers the same API.";

    /// <summary>Checks that the Core Tools are installed.</summary>
    /// <exception cref="InvalidInputException"><c>func</c> is not on PATH; the message says how to install it.</exception>
    public static void CheckTools()
    {
        string[] names = OperatingSystem.IsWindows() ? ["func.exe", "func.cmd"] : ["func"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (!folders.Any(path => names.Any(name => File.Exists(Path.Combine(path, name)))))
        {
            throw new InvalidInputException(NoTools);
        }
    }

    /// <summary>Checks that a folder contains a built app.</summary>
    /// <exception cref="InvalidInputException">It does not.</exception>
    public static void CheckFolder(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "functions.metadata")))
        {
            throw new InvalidInputException($"app: {folder} contains no built Functions app (functions.metadata is missing).");
        }
    }

    /// <summary>Builds the app of this installation with all its parts.</summary>
    /// <exception cref="InvalidInputException">The build failed. Its errors are on standard error.</exception>
    public static async Task<FunctionsApp> BuildAsync(IProcessStarter processes, TimeProvider time, CancellationToken cancellation)
    {
        var project = Path.Combine(ProjectFolder.Home, "Functions");
        string[] arguments =
        [
            "build", project, "--configuration", "Release", "--verbosity", "quiet", "-clp:ErrorsOnly",
            $"-p:TorchBuild={TorchLibrary.Build}",
        ];
        var start = new ProcessStartInfo("dotnet", arguments);
        OptOutOfTelemetry(start);
        using var build =
            processes.Start(start, "functions: building the app needs the .NET 10 SDK on PATH.");
        var exit = await Stop.WaitAsync(build, time, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return exit.Code == 0
            ? new FunctionsApp(Path.Combine(project, "bin", "Release", "net10.0"), processes, time)
            : throw new InvalidInputException(
                $"functions: the app in {project} does not build; `fashion serve` offers the same API without it.");
    }

    /// <summary>Runs the host until it ends or is cancelled.</summary>
    /// <returns>The host's exit code.</returns>
    /// <exception cref="InvalidInputException">The folder contains no built app, or <c>func</c> is not on PATH.</exception>
    public async Task<int> RunAsync(int port, StorageConnection storage, string? data, DeviceChoice device, CancellationToken cancellation)
    {
        CheckFolder(folder);
        using var host = processes.Start(StartInfo(port, storage, data, device), NoTools);
        return (await Stop.WaitAsync(host, time, cancellation)).Code;
    }

    private static void OptOutOfTelemetry(ProcessStartInfo start) =>
        Array.ForEach(TelemetryOptOuts, name => start.Environment[name] = "1");

    private ProcessStartInfo StartInfo(int port, StorageConnection storage, string? data, DeviceChoice device)
    {
        string[] arguments = ["start", "--no-build", "--port", port.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo("func", arguments) { WorkingDirectory = folder };
        OptOutOfTelemetry(start);
        var environment = start.Environment;
        storage.ConfigureFunctions(environment);
        environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        environment[DeviceSettings.DeviceVariable] = device.ToString();
        if (data is not null)
        {
            environment[DatasetOptions.DataSetting] = Path.GetFullPath(data);
        }

        TrainingEnvironment.Configure(environment);
        return start;
    }
}
