using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ServerlessFashion.Cli.Local.Processes;

namespace ServerlessFashion.Cli.Local.Serving;

/// <summary>
/// Gives trainings precedence over the server that started them. On Linux each thread has its own niceness, and a process inherits that
/// of the thread that starts it. All threads of the server are lowered except one, which starts the processes. Other systems are left as
/// they are.
/// </summary>
internal sealed partial class TrainingPriority : IProcessStarter, IDisposable
{
    /// <summary>
    /// How much nicer the server is. The kernel gives such a thread a quarter of a processor while a training wants all of it.
    /// </summary>
    private const int Step = 5;

    private const int Nicest = 19;

    /// <summary>PRIO_PROCESS: Linux takes the id of a thread.</summary>
    private const int OfThread = 0;

    private readonly IProcessStarter _starter;
    private readonly BlockingCollection<Action> _starts = [];
    private readonly TaskCompletionSource<int> _threadId = new();

    public TrainingPriority(IProcessStarter starter)
    {
        _starter = starter;
        new Thread(StartProcesses) { IsBackground = true, Name = "process starter" }.Start();
    }

    /// <summary>Lowers every thread of this process but the one that starts processes. Later threads inherit the niceness.</summary>
    public void LowerServer()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var starter = _threadId.Task.GetAwaiter().GetResult();
        var niceness = Math.Min(Nicest, GetPriority(OfThread, starter) + Step);
        // A thread that appears meanwhile has the niceness of the thread that started it: the next round finds it.
        var lowered = new HashSet<int> { starter };
        while (ListThreads().Where(lowered.Add).ToList() is { Count: > 0 } found)
        {
            // A thread that has ended is no error.
            found.ForEach(thread => _ = SetPriority(OfThread, thread, niceness));
        }
    }

    /// <inheritdoc/>
    public IChildProcess Start(ProcessStartInfo start, string missing)
    {
        var started = new TaskCompletionSource<IChildProcess>();
        _starts.Add(() =>
        {
            try
            {
                started.SetResult(_starter.Start(start, missing));
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task.GetAwaiter().GetResult();
    }

    public void Dispose() => _starts.CompleteAdding();

    private static IEnumerable<int> ListThreads() => Directory.EnumerateDirectories("/proc/self/task")
        .Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));

    private void StartProcesses()
    {
        _threadId.SetResult(OperatingSystem.IsLinux() ? GetThreadId() : 0);
        foreach (var start in _starts.GetConsumingEnumerable())
        {
            start();
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int GetPriority(int which, int who);

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();
}
