using ServerlessFashion.Devices;

namespace ServerlessFashion.Runs;

/// <summary>The machine and the software that a run is trained with.</summary>
public sealed record RunEnvironment(
    string OperatingSystem, string Processor, int Cores, double MemoryGiB, string Runtime, string Version, string TorchVersion)
{
    /// <summary>The device of the trainings; null in runs that were stored before there was a choice.</summary>
    public DeviceDescription? Device { get; init; }
}
