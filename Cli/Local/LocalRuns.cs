using ServerlessFashion.Devices;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Cli.Local;

/// <summary>Executes runs on this machine: as many trainings at once as the cores allow, each in its own process.</summary>
internal sealed class LocalRuns(
    StorageConnection connection, RunFolders folders, TrainingDevices devices, LocalRunnerFactory runners, ChildLog childLog)
{
    /// <summary>CPU threads of each training, given the number of trainings.</summary>
    public static int Threads(int trainings) => Presets.ThreadsPerTraining(Environment.ProcessorCount, trainings);

    /// <summary>Number of trainings of a run that run at once: one on a GPU, as many as the cores allow on the CPU.</summary>
    /// <param name="begunOn">The device that its trainings started on; null before the first training.</param>
    public static int SideBySide(RunConfiguration configuration, TrainingDevices devices, DeviceChoice? begunOn) =>
        devices.Expect(configuration.Device, begunOn) == DeviceChoice.Cuda
            ? 1
            : Math.Max(1, Environment.ProcessorCount / configuration.ThreadsPerTraining);

    /// <summary>The device of a run for people.</summary>
    /// <exception cref="InvalidInputException">The run needs a device that this machine cannot offer.</exception>
    public async Task<string> DescribeDeviceAsync(RunRecord run, CancellationToken cancellation) =>
        devices.Describe(run.Configuration.Device, await FindDeviceAsync(run.Id, cancellation));

    /// <exception cref="InvalidInputException">The run needs a device that this machine cannot offer.</exception>
    public async Task<LocalRunner> CreateRunnerAsync(
        RunRecord run, IProgress<TrainingProgress> trainings, CancellationToken cancellation)
    {
        var begunOn = await FindDeviceAsync(run.Id, cancellation);
        var process = new TrainingProcess(connection.Text, run.Configuration.ThreadsPerTraining, devices.Setting, childLog, trainings);
        return runners.Create(process, SideBySide(run.Configuration, devices, begunOn));
    }

    /// <summary>The device that the trainings of a run started on; null before the first training.</summary>
    private async Task<DeviceChoice?> FindDeviceAsync(string runId, CancellationToken cancellation) =>
        await folders.Of(runId).FindEnvironmentAsync(cancellation) is { } environment
            // Versions that did not record the device trained on the CPU.
            ? environment.Device?.Kind ?? DeviceChoice.Cpu
            : null;
}
