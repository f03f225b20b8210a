using System.Globalization;

namespace ServerlessFashion.Chaos.Serving;

/// <summary>What a process holds.</summary>
/// <param name="Megabytes">Resident memory.</param>
/// <param name="PeakMegabytes">The largest resident memory so far.</param>
internal sealed record ProcessUse(double Megabytes, double PeakMegabytes, int Handles, int Threads)
{
    /// <summary>Null if the process has ended.</summary>
    public static ProcessUse? Find(int process)
    {
        try
        {
            var status = File.ReadLines($"/proc/{process}/status")
                .Select(line => line.Split(':', 2)).ToDictionary(field => field[0], field => field[1].Trim());
            return new ProcessUse(
                MegabytesOf(status["VmRSS"]), MegabytesOf(status["VmHWM"]), Directory.GetFileSystemEntries($"/proc/{process}/fd").Length,
                int.Parse(status["Threads"], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or KeyNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The smaller value of each, and the larger peak.</summary>
    public ProcessUse Least(ProcessUse other) => new(
        Math.Min(Megabytes, other.Megabytes), Math.Max(PeakMegabytes, other.PeakMegabytes), Math.Min(Handles, other.Handles),
        Math.Min(Threads, other.Threads));

    private static double MegabytesOf(string kilobytes) =>
        double.Parse(kilobytes.Split(' ')[0], CultureInfo.InvariantCulture) * 1024 / 1e6;
}
