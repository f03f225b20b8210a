using System.Runtime.InteropServices;

namespace ServerlessFashion.Cli.Local;

/// <summary>Asks a process to end, which .NET can only kill.</summary>
internal static partial class UnixSignal
{
    private const int SigTerm = 15;

    /// <summary>Sends SIGTERM.</summary>
    /// <returns>False where there are no signals, or the process could not be reached.</returns>
    public static bool Terminate(int pid) => !OperatingSystem.IsWindows() && Kill(pid, SigTerm) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
