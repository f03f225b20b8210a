using System.ComponentModel;
using System.Diagnostics;

namespace ServerlessFashion.Datasets;

/// <summary>
/// Installs Debian and Ubuntu packages with apt-get if the process already has root rights. It never asks for a password.
/// </summary>
/// <param name="command">The program to start.</param>
/// <param name="hasRootRights">Whether this process may install packages.</param>
public sealed class AptPackageInstaller(string command, bool hasRootRights) : IPackageInstaller
{
    public AptPackageInstaller()
        : this("apt-get", OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
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
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            // Cancelling stops the waiting, not apt-get: killing it would leave the package database half written.
            await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(cancellationToken), errors, process.WaitForExitAsync(cancellationToken));
            return process.ExitCode == 0
                ? null
                : $"{command} {arguments[0]} failed with exit code {process.ExitCode}{LastLine(await errors)}";
        }
        catch (Win32Exception)
        {
            return $"{command} is not on this system";
        }
    }

    private static string LastLine(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "" : $" ({lines[^1]})";
    }
}
