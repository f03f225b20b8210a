using System.Diagnostics;
using System.Globalization;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local.Emulator;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Models;
using ServerlessFashion.Phrases;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Training;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Cli.Local.Machine;

/// <summary>One thing that a comparison uses, and whether it works here.</summary>
/// <param name="Needed">True if a comparison cannot run without it.</param>
internal sealed record MachineCheck(string Name, bool Passed, bool Needed, string Detail);

/// <summary>Checks what a comparison needs on this machine.</summary>
internal sealed class MachineChecks(
    StorageConnection connection, LocalData data, TrainingDevices devices, IProcessStarter processes, TimeProvider time,
    WaitNotices waits)
{
    public async Task<IReadOnlyList<MachineCheck>> RunAsync(CancellationToken cancellation) =>
    [
        Machine(),
        await TryAsync("Node.js", needed: connection.UsesProjectEmulator, () => NodeAsync(cancellation)),
        await TryAsync("storage", needed: true, () => StorageAsync(cancellation)),
        await TryAsync("Fashion-MNIST", needed: true, () => DataAsync(cancellation)),
        await TryAsync("libtorch", needed: true, () => Task.FromResult($"{TorchLibrary.Version}, {TorchLibrary.Build} build")),
        await TryAsync("device", needed: true, () => Task.FromResult(devices.Open(asked: null).Description.ToString())),
        await TryAsync("NVIDIA GPU", needed: false, () => Task.FromResult(Gpu())),
        Weights(),
        Augmentations(),
    ];

    private static MachineCheck Machine()
    {
        var machine = MachineEnvironment.Describe("");
        return new MachineCheck("machine", true, true, string.Create(CultureInfo.InvariantCulture,
            $"{machine.OperatingSystem}, {machine.Processor}, {Quantity.Of(machine.Cores, "core")}, {machine.MemoryGiB} GiB, "
            + $"{machine.Runtime}"));
    }

    private async Task<string> NodeAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("node", "--version");
        return (await ChildResult.RunAsync(processes, start, "it is not on PATH", time, cancellation)).Output.Trim();
    }

    private async Task<string> StorageAsync(CancellationToken cancellation)
    {
        await connection.OpenAsync(cancellation);
        return connection.UsesProjectEmulator ? "this folder's emulator (Azurite) answers" : "the account answers";
    }

    private async Task<string> DataAsync(CancellationToken cancellation)
    {
        var folder = await data.LocateAsync(cancellation);
        return $"{folder.Path}, SHA-256 {folder.Load().Sha256}";
    }

    private string Gpu() => devices.Gpu?.ToString() ?? throw new InvalidInputException("none found; trainings use the CPU");

    private MachineCheck Weights()
    {
        var path = data.WeightsFile;
        return new MachineCheck("ImageNet weights", File.Exists(path), false, File.Exists(path)
            ? path
            : "those of ResNet50 are not downloaded; a run with ResNet50 downloads them or fails (`fashion weights` tries it)");
    }

    private static MachineCheck Augmentations()
    {
        var effects = LabelPreservation.Measured.Select(
            effect => string.Create(CultureInfo.InvariantCulture, $"{effect.Name} {100 * effect.ChangedShare:0.#} %"));
        return new MachineCheck("augmentations", true, false, string.Create(CultureInfo.InvariantCulture,
            $"share of the five labels that each changes: {string.Join(", ", effects)}; more than "
                + $"{100 * LabelPreservation.Allowed:0} % is refused"));
    }

    private async Task<MachineCheck> TryAsync(string name, bool needed, Func<Task<string>> check)
    {
        using var wait = waits.Begin($"the check of {name}");
        try
        {
            return new MachineCheck(name, true, needed, await check());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new MachineCheck(name, false, needed, e.Message);
        }
    }
}
