using ServerlessFashion.Cli.Local.Emulator;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Cli.Local.Trainings;
using ServerlessFashion.Devices;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Cli.Local.Comparisons;

/// <summary>Executes runs on this machine: as many trainings at once as the cores allow, each in its own process.</summary>
internal sealed class LocalRuns(
    StorageConnection connection, RunDefinitions definitions, RunFolders folders, TrainingDevices devices, LocalRunnerFactory runners,
    IProcessStarter processes, ICancelFlags cancelFlags, ChildLog childLog, TimeProvider time, IProgress<StepNote> notes)
{
    /// <summary>CPU threads of each training, given the number of trainings.</summary>
    public static int Threads(int trainings) => Presets.ThreadsPerTraining(Environment.ProcessorCount, trainings);

    /// <summary>Number of trainings of a run that run at once: one on a GPU, as many as the cores allow on the CPU.</summary>
    /// <param name="begunOn">The device that its trainings started on; null before the first training.</param>
    public static int TrainingSlots(RunConfiguration configuration, TrainingDevices devices, DeviceChoice? begunOn) =>
        devices.Expect(configuration.Device, begunOn) == DeviceChoice.Cuda
            ? 1
            : Math.Max(1, Environment.ProcessorCount / configuration.ThreadsPerTraining);

    /// <summary>The device of a run for people.</summary>
    /// <exception cref="InvalidInputException">The run needs a device that this machine cannot offer.</exception>
    public async Task<string> DescribeDeviceAsync(string runId, RunDefinition run, CancellationToken cancellation) =>
        devices.Describe(run.Configuration.Device, await FindDeviceAsync(runId, cancellation));

    /// <exception cref="InvalidInputException">The run needs a device that this machine cannot offer.</exception>
    public async Task<LocalRunner> CreateRunnerAsync(
        string runId, IProgress<TrainingProgress> trainings, CancellationToken cancellation)
    {
        var configuration = (await definitions.GetAsync(runId, cancellation)).Configuration;
        var begunOn = await FindDeviceAsync(runId, cancellation);
        var start = new TrainingStart(connection.Text, configuration.ThreadsPerTraining, devices.Setting, childLog);
        var process = new TrainingProcess(processes, start, cancelFlags, childLog, time, trainings, notes);
        return runners.Create(process, TrainingSlots(configuration, devices, begunOn));
    }

    /// <summary>The device that the trainings of a run started on; null before the first training.</summary>
    private async Task<DeviceChoice?> FindDeviceAsync(string runId, CancellationToken cancellation) =>
        await folders.Of(runId).FindEnvironmentAsync(cancellation) is { } environment
            // Versions that did not record the device trained on the CPU.
            ? environment.Device?.Kind ?? DeviceChoice.Cpu
            : null;
}
