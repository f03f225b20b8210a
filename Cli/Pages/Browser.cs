using System.Diagnostics;
using ServerlessFashion.Cli.Local.Processes;

namespace ServerlessFashion.Cli.Pages;

/// <summary>Opens pages in the user's browser.</summary>
/// <param name="commands">The commands that may open a page, the best first; none where nobody would see a browser.</param>
internal sealed class Browser(IProcessStarter processes, TimeProvider time, IReadOnlyList<string> commands)
{
    /// <summary>Keeps the words of the browser out of the terminal, also after this process has ended.</summary>
    private const string Silently = "exec \"$0\" \"$1\" > /dev/null 2>&1 < /dev/null";

    /// <summary>A command that still runs after this time has opened the browser and stays for its life.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Browser OfSystem(IProcessStarter processes, TimeProvider time) => new(
        processes, time,
        OperatingSystem.IsWindows() ? ["explorer"]
        : OperatingSystem.IsMacOS() ? ["open"]
        : CommandsOfLinux(Environment.GetEnvironmentVariable));

    /// <summary>The commands of Linux. Without a screen there are none, because a text browser would take over the terminal.</summary>
    /// <param name="variable">Gives the value of an environment variable; null for none.</param>
    internal static IReadOnlyList<string> CommandsOfLinux(Func<string, string?> variable)
    {
        return Has("WSL_DISTRO_NAME") ? ["wslview", "xdg-open"] : Has("DISPLAY") || Has("WAYLAND_DISPLAY") ? ["xdg-open"] : [];

        bool Has(string name) => !string.IsNullOrEmpty(variable(name));
    }

    /// <param name="page">The path of a file or the address of a page.</param>
    /// <returns>False if no command opened the page.</returns>
    public async Task<bool> OpenAsync(string page, CancellationToken cancellation)
    {
        foreach (var command in commands)
        {
            if (await TryAsync(command, page, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> TryAsync(string command, string page, CancellationToken cancellation)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(command, [page])
            : new ProcessStartInfo("/bin/sh", ["-c", Silently, command, page]);
        using var late = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            using var child = processes.Start(start, $"open: {start.FileName} does not exist.");
            // explorer gives 1 even where it has opened the page.
            return await child.WaitForExitAsync(stop.Token) == 0 || OperatingSystem.IsWindows();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return true;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }
}
