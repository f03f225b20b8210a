using System.Diagnostics;

namespace ServerlessFashion.Training;

internal static class ProcessMemory
{
    /// <summary>Peak resident memory of this process so far, in bytes.</summary>
    public static long PeakBytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }
}
