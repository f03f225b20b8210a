using ServerlessFashion.Data;
using ServerlessFashion.Devices;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Application;

/// <summary>The host's knowledge about the machine that trains.</summary>
/// <param name="Threads">CPU threads of one training process, given the number of trainings of a run.</param>
/// <param name="Device">
/// The device of a run, given the requested device, if any. Throws <see cref="InvalidInputException"/> if the trainings cannot use
/// it.
/// </param>
public sealed record TrainingMachine(Func<int, int> Threads, Func<DeviceChoice?, DeviceChoice> Device)
{
    /// <summary>Returns the definition of a run with these options on this machine.</summary>
    /// <exception cref="InvalidInputException">An option is invalid; the message names it.</exception>
    /// <param name="dataset">The registered data set that the options name; null for Fashion-MNIST.</param>
    public RunDefinition Configure(ComparisonOptions options, DatasetDescription? dataset = null) =>
        Presets.Configure(options with { Device = Device(options.Device) }, Threads, dataset);
}
