using System.Diagnostics;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Datasets;

namespace ServerlessFashion.Cli.Local.Machine;

/// <summary>
/// Installs Debian and Ubuntu packages with apt-get if the process already has root rights. It never asks for a password.
/// </summary>
/// <param name="command">The program to start.</param>
/// <param name="hasRootRights">Whether this process may install packages.</param>
internal sealed class AptPackageInstaller(IProcessStarter processes, string command, bool hasRootRights) : IPackageInstaller
{
    public AptPackageInstaller(IProcessStarter processes)
        : this(processes, "apt-get", OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
    {
    }

    /// <inheritdoc/>
    public async Task<string?> InstallAsync(string package, CancellationToken cancellationToken)
    {
        if (!hasRootRights)
        {
            return "installing it takes root rights";
        }

        string[] install = ["install", "--yes", "--no-install-recommends", package];
        if (await RunAsync(install, cancellationToken) is null)
        {
            return null;
        }

        // A fresh container has no package lists.
        return await RunAsync(["update"], cancellationToken) ?? await RunAsync(install, cancellationToken);
    }

    private async Task<string?> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command, ["--quiet", "--option", "DPkg::Lock::Timeout=60", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive", ["LC_ALL"] = "C" },
        };
        try
        {
            using var child = processes.Start(start, $"{command} is not on this system");
            child.Input.Close();
            var errors = child.Errors.ReadToEndAsync(cancellationToken);
            var exit = child.WaitForExitAsync(cancellationToken);
            // Cancelling stops the waiting, not apt-get: ending it would leave the package database half written.
            await Task.WhenAll(child.Output.ReadToEndAsync(cancellationToken), errors, exit);
            return await exit == 0 ? null : $"{command} {arguments[0]} failed with exit code {await exit}{LastLine(await errors)}";
        }
        catch (InvalidInputException e)
        {
            return e.Message;
        }
    }

    private static string LastLine(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "" : $" ({lines[^1]})";
    }
}
