using System.Diagnostics;
using System.Globalization;
using ServerlessFashion.Devices;
using ServerlessFashion.Telemetry;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Cli.Local.Trainings;

/// <summary>How the training processes of a run are started.</summary>
/// <param name="storage">How a child reaches the storage; <see cref="StorageVariable"/> carries it.</param>
/// <param name="threads">CPU threads of each child.</param>
/// <param name="device">Device of a run that has none of its own.</param>
internal sealed class TrainingStart(string storage, int threads, DeviceChoice device, ChildLog log)
{
    public const string StorageVariable = "FASHION_STEP_STORAGE";

    /// <summary>The command line and the environment of a child that runs a step.</summary>
    public ProcessStartInfo Of(string step)
    {
        var program = Environment.ProcessPath!;
        var startedByDotnet = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] arguments = startedByDotnet ? [typeof(TrainingStart).Assembly.Location, "run-step", step] : ["run-step", step];
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[StorageVariable] = storage;
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        TrainingEnvironment.Configure(start.Environment);
        TraceParent.Write(start.Environment);
        log.Configure(start.Environment);

        // A run without a device of its own trains on the device that this process chose.
        start.Environment[DeviceSettings.DeviceVariable] = device.ToString();
        return start;
    }
}
