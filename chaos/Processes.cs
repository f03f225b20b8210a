using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ServerlessFashion.Chaos;

/// <summary>
/// The processes of the experiment's own namespace. Nothing here signals a process before it has proved that the namespace is not the
/// one from which the experiment was started.
/// </summary>
internal static partial class Processes
{
    private const string NamespaceVariable = "FASHION_CHAOS_PID_NAMESPACE";
    private const string OwnNamespace = "/proc/self/ns/pid";
    private const int EveryOther = -1;
    private const int Kill = 9;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    /// <summary>The unit of processor times in /proc on Linux.</summary>
    private const double TicksPerSecond = 100;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    /// <summary>Refuses to run in the namespace of the caller.</summary>
    /// <exception cref="InvalidInputException">The program was not started by the launcher.</exception>
    public static void CheckNamespace()
    {
        var outside = Environment.GetEnvironmentVariable(NamespaceVariable);
        var inside = new FileInfo(OwnNamespace).LinkTarget;
        if (string.IsNullOrEmpty(outside) || inside is null || outside == inside)
        {
            throw new InvalidInputException(
                "chaos: this process has no namespace of its own, so its kills would hit others; start it with `./fashion chaos`.");
        }
    }

    /// <summary>
    /// Kills all other processes of the namespace with one call, and waits until they are gone: commands, trainings and the emulator.
    /// </summary>
    public static async Task KillAllAsync()
    {
        CheckNamespace();
        _ = Signal(EveryOther, Kill);
        while (All().Any(process => process.Id != Environment.ProcessId && process.Id != 1))
        {
            await Task.Delay(Poll);
        }
    }

    /// <summary>Stops a process and its descendants, parents first.</summary>
    public static void Freeze(int root) => SignalTree(root, Stop);

    /// <summary>Lets a process and its descendants go on.</summary>
    public static void Thaw(int root) => SignalTree(root, Continue);

    /// <summary>Kills a process and its descendants.</summary>
    public static void KillTree(int root) => SignalTree(root, Kill);

    /// <summary>Kills one process, and leaves its children to notice that.</summary>
    public static void KillAlone(int process)
    {
        CheckNamespace();
        _ = Signal(process, Kill);
    }

    /// <summary>Asks one process to end.</summary>
    public static void AskToEnd(int process)
    {
        CheckNamespace();
        _ = Signal(process, Terminate);
    }

    /// <summary>
    /// The processor time that each process of the namespace has used so far, that of its ended children, and how it was called.
    /// </summary>
    public static IReadOnlyDictionary<int, (string Command, TimeSpan Used, TimeSpan Children)> ListTimes()
    {
        var times = new Dictionary<int, (string, TimeSpan, TimeSpan)>();
        foreach (var (id, _) in All())
        {
            try
            {
                var seconds = ReadStat(id)[11..15]
                    .Select(ticks => long.Parse(ticks, CultureInfo.InvariantCulture) / TicksPerSecond).ToArray();
                times[id] = (
                    File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' '),
                    TimeSpan.FromSeconds(seconds[0] + seconds[1]), TimeSpan.FromSeconds(seconds[2] + seconds[3]));
            }
            catch (IOException)
            {
                // It has ended.
            }
        }

        return times;
    }

    private static void SignalTree(int root, int signal)
    {
        CheckNamespace();
        var children = All().ToLookup(process => process.Parent, process => process.Id);
        var waiting = new Queue<int>([root]);
        while (waiting.TryDequeue(out var process))
        {
            _ = Signal(process, signal);
            foreach (var child in children[process])
            {
                waiting.Enqueue(child);
            }
        }
    }

    private static List<(int Id, int Parent)> All()
    {
        var all = new List<(int Id, int Parent)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && FindParent(id) is { } parent)
            {
                all.Add((id, parent));
            }
        }

        return all;
    }

    /// <summary>Null if the process has ended.</summary>
    private static int? FindParent(int process)
    {
        try
        {
            return int.Parse(ReadStat(process)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The fields of the process's status from its third one, the state, on.</summary>
    private static string[] ReadStat(int process)
    {
        // The name, in parentheses, may contain spaces.
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    /// <summary>A process that has ended meanwhile is no error.</summary>
    private static bool Signal(int process, int signal)
    {
        const int NoSuchProcess = 3;
        return SendSignal(process, signal) == 0
            || (Marshal.GetLastPInvokeError() == NoSuchProcess ? false : throw new Win32Exception());
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
