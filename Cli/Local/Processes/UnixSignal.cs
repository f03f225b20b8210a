using System.Runtime.InteropServices;

namespace ServerlessFashion.Cli.Local.Processes;

/// <summary>Requests the end of a process; .NET itself can only kill one.</summary>
internal static partial class UnixSignal
{
    private const int SigTerm = 15;

    /// <summary>Sends SIGTERM.</summary>
    /// <returns>False if the system has no signals or the process does not exist.</returns>
    public static bool Terminate(int pid) => !OperatingSystem.IsWindows() && Kill(pid, SigTerm) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
