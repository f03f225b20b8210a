using System.Reflection;
using System.Runtime.InteropServices;
using ServerlessFashion.Devices;
using ServerlessFashion.Reporting;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Pipeline;

/// <summary>What this process runs on.</summary>
public static class MachineEnvironment
{
    private const string ProcessorInfo = "/proc/cpuinfo";

    /// <param name="device">The device of the trainings; null where none was chosen.</param>
    public static RunEnvironment Describe(string torchVersion, DeviceDescription? device = null) => new(
        RuntimeInformation.OSDescription,
        Processor(),
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
        RuntimeInformation.FrameworkDescription,
        typeof(MachineEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        torchVersion)
    {
        Device = device,
    };

    private static string Processor()
    {
        var line = File.Exists(ProcessorInfo)
            ? File.ReadLines(ProcessorInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null
            ? $"{RuntimeInformation.ProcessArchitecture} {Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")}".Trim()
            : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
