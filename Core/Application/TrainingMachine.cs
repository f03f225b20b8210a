using ServerlessFashion.Devices;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Application;

/// <summary>What a host knows about the machine that trains.</summary>
/// <param name="Threads">CPU threads of one training process, given the number of trainings of a run.</param>
/// <param name="Device">
/// The device of a run, given the one that a request asks for, if any. Throws <see cref="InvalidInputException"/> where the trainings
/// cannot have it.
/// </param>
public sealed record TrainingMachine(Func<int, int> Threads, Func<DeviceChoice?, DeviceChoice> Device)
{
    /// <summary>The configuration of a run with these options on this machine.</summary>
    /// <exception cref="InvalidInputException">An option cannot be used; the message names it.</exception>
    public RunConfiguration Configure(ComparisonOptions options) =>
        Presets.Configure(options with { Device = Device(options.Device) }, Threads);
}
