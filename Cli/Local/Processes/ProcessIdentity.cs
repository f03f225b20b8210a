using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ServerlessFashion.Cli.Local.Processes;

/// <summary>Identifies a process for ever. Its id alone does not, because the system uses ids again.</summary>
/// <param name="Started">
/// When it started: on Linux the boot id and the clock ticks since the boot, elsewhere milliseconds since 1970.
/// </param>
internal sealed record ProcessIdentity(int Id, string Started)
{
    /// <summary>The clock of the system and that of a program may differ by this much.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private static readonly Lazy<string> Boot = new(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    /// <summary>The identity of a living process; null if there is none with this id.</summary>
    public static ProcessIdentity? Find(int id) =>
        (OperatingSystem.IsLinux() ? FindStartOnLinux(id) : FindStartElsewhere(id)) is { } started ? new(id, started) : null;

    /// <summary>True while exactly this process lives. A process that has ended but is not yet reaped does not live.</summary>
    public bool IsAlive() => Find(Id) is { } now && IsSameStart(now.Started);

    private bool IsSameStart(string other) =>
        Started == other
        || (!OperatingSystem.IsLinux()
            && long.TryParse(Started, CultureInfo.InvariantCulture, out var one)
            && long.TryParse(other, CultureInfo.InvariantCulture, out var two)
            && Math.Abs(one - two) <= Tolerance.TotalMilliseconds);

    private static string? FindStartOnLinux(int id)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            // The name in parentheses may contain spaces. The state follows it, and the start is the 20th field from there.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : $"{Boot.Value}/{fields[19]}";
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? FindStartElsewhere(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            var start = new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds();
            return process.HasExited ? null : start.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
