using System.Globalization;

namespace ServerlessFashion.Training.Tests;

public class ProcessMemoryTests
{
    /// <summary>The peak never falls, so the kernel's figures before and after the call enclose it.</summary>
    [Fact]
    public void PeakBytes_Linux_IsTheHighWaterMarkOfTheKernel()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc/self/status.");
        var before = HighWaterMark();

        var peak = ProcessMemory.PeakBytes;

        Assert.InRange(peak, before, HighWaterMark());
    }

    private static long HighWaterMark()
    {
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
    }
}
