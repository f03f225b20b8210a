using Microsoft.Extensions.Logging;
using ServerlessFashion.Devices;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Cli.Local;

/// <summary>Executes runs on this machine: as many trainings at once as the cores allow, each in its own process.</summary>
internal static class LocalRuns
{
    /// <summary>CPU threads of each training, given the number of trainings.</summary>
    public static int Threads(int trainings) => Presets.ThreadsPerTraining(Environment.ProcessorCount, trainings);

    /// <summary>The devices of this machine with the settings of the environment.</summary>
    /// <param name="option">The device from the command line; null for the setting of the environment.</param>
    public static TrainingDevices Devices(DeviceChoice? option = null)
    {
        var settings = DeviceSettings.Read(Environment.GetEnvironmentVariable);
        return new TrainingDevices(settings with { Device = option ?? settings.Device });
    }

    /// <summary>The device that the trainings of a run started on; null before the first training.</summary>
    public static async Task<DeviceChoice?> FindDeviceAsync(FashionStorage storage, string runId, CancellationToken cancellation) =>
        await new RunFolder(storage, runId).FindEnvironmentAsync(cancellation) is { } environment
            // Versions that did not record the device trained on the CPU.
            ? environment.Device?.Kind ?? DeviceChoice.Cpu
            : null;

    /// <summary>Number of trainings of a run that run at once: one on a GPU, as many as the cores allow on the CPU.</summary>
    /// <param name="begunOn">The device that its trainings started on; null before the first training.</param>
    public static int TrainingSlots(RunConfiguration configuration, TrainingDevices devices, DeviceChoice? begunOn) =>
        devices.Expect(configuration.Device, begunOn) == DeviceChoice.Cuda
            ? 1
            : Math.Max(1, Environment.ProcessorCount / configuration.ThreadsPerTraining);

    public static LocalRunner CreateRunner(
        StorageConnection connection, RunConfiguration configuration, TrainingDevices devices, DeviceChoice? begunOn, string? data,
        IProgress<TrainingProgress> trainings, IProgress<string> notes, ILoggerFactory loggers)
    {
        var slots = new SemaphoreSlim(TrainingSlots(configuration, devices, begunOn));
        return new LocalRunner(
            connection.Storage,
            LightSteps.Create(connection.Storage, data, notes, loggers),
            new TrainingProcess(connection.Text, configuration.ThreadsPerTraining, devices.Setting, trainings),
            slots,
            TimeProvider.System,
            loggers.CreateLogger<LocalRunner>());
    }
}
