using System.Diagnostics;
using ServerlessFashion.Cli.Local.Processes;

namespace ServerlessFashion.Cli.Local.Emulator;

/// <summary>Azurite, run by <c>emulator.js</c> on ports that are free.</summary>
internal sealed class EmulatorProcess(IProcessStarter processes, TimeProvider time) : IEmulatorProcess
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "emulator.js");

    /// <inheritdoc/>
    public async Task<EmulatorLaunch> LaunchAsync(EmulatorFolder folder, CancellationToken cancellation)
    {
        var azurite = Path.Combine(ProjectFolder.Home, "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(azurite))
        {
            throw new InvalidInputException($"storage: the Azurite emulator is not installed in {ProjectFolder.Home}; run `npm ci` "
                + "there, or use --storage.");
        }

        var launched = await ChildResult.RunAsync(
            processes, new ProcessStartInfo("node", [Script, "launch", azurite, folder.Path]),
            "storage: the Azurite emulator needs Node.js 20 or later on PATH; install it, or use --storage.", time, cancellation);
        return launched.Output.Trim() switch
        {
            "listening" => EmulatorLaunch.Listening,
            "busy" => EmulatorLaunch.Busy,
            "failed" => EmulatorLaunch.Failed,
            _ => throw new InvalidInputException(
                $"storage: Node.js could not start the emulator ({LastLine(launched.Errors)}); check `node --version`, or use --storage."),
        };
    }

    /// <inheritdoc/>
    public async Task<IEmulatorLease?> TryJoinAsync(EmulatorState state, CancellationToken cancellation) =>
        await EmulatorLease.TryJoinAsync(state, cancellation);

    /// <inheritdoc/>
    public bool IsAlive(EmulatorState state) => state.Process.IsAlive();

    private static string LastLine(string errors) =>
        errors.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) ?? "it printed nothing";
}
