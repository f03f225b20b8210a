using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Training;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>
/// <c>fashion doctor</c>: reports what works on this machine and what does not. It exits with 1 if a comparison cannot run.
/// </summary>
internal static class DoctorVerb
{
    /// <param name="Needed">True if a comparison cannot run without it.</param>
    private sealed record Check(string Name, bool Passed, bool Needed, string Detail);

    public static Command Create()
    {
        var (storage, data, json) = (SharedOptions.Storage(), SharedOptions.Data(), SharedOptions.Json());
        var command = new Command("doctor", "Checks whether this machine has everything that a comparison needs.") { storage, data, json };
        command.SetAction((parse, cancellation) => RunAsync(parse.GetValue(storage), parse.GetValue(data), parse.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? storage, string? data, bool json, CancellationToken cancellation)
    {
        var output = new Output(json);
        List<Check> checks =
        [
            Machine(),
            await TryAsync("Node.js", needed: storage is null, () => NodeAsync(cancellation)),
            await TryAsync("storage", needed: true, () => StorageAsync(storage, cancellation)),
            await TryAsync("Fashion-MNIST", needed: true, () => DataAsync(data, output, cancellation)),
            await TryAsync("libtorch", needed: true, () => Task.FromResult($"{TorchLibrary.Version}, {TorchLibrary.Build} build")),
            await TryAsync("device", needed: true, () => Task.FromResult(LocalRuns.Devices().Open(asked: null).Description.ToString())),
            await TryAsync("NVIDIA GPU", needed: false, () => Task.FromResult(Gpu())),
            Weights(),
            Augmentations(),
        ];
        output.Result(checks, () =>
        {
            foreach (var check in checks)
            {
                output.Line($"{(check.Passed ? "ok     " : check.Needed ? "MISSING" : "absent ")} {check.Name}: {check.Detail}");
            }
        });
        return checks.Any(check => check.Needed && !check.Passed) ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static Check Machine()
    {
        var machine = MachineEnvironment.Describe("");
        return new Check("machine", true, true, string.Create(CultureInfo.InvariantCulture,
            $"{machine.OperatingSystem}, {machine.Processor}, {machine.Cores} cores, {machine.MemoryGiB} GiB, {machine.Runtime}"));
    }

    private static async Task<string> NodeAsync(CancellationToken cancellation)
    {
        using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
        return (await node.StandardOutput.ReadToEndAsync(cancellation)).Trim();
    }

    private static async Task<string> StorageAsync(string? storage, CancellationToken cancellation)
    {
        await using var connection = await StorageConnection.OpenAsync(storage, cancellation);
        return connection.Text == Azurite.ConnectionString ? "Azurite answers" : "the account answers";
    }

    private static async Task<string> DataAsync(string? data, Output output, CancellationToken cancellation)
    {
        var files = await LightSteps.Datasets(data).LocateAsync(new ActionProgress<string>(output.Line), cancellation);
        return $"{Path.GetDirectoryName(files.TrainImages)}, SHA-256 {files.Load().Sha256}";
    }

    private static string Gpu() =>
        new TrainingDevices(new DeviceSettings()).Gpu?.ToString() ?? throw new InvalidInputException("none found; trainings use the CPU");

    private static Check Weights()
    {
        var path = LightSteps.Weights().LocalPath;
        return new Check("ImageNet weights", File.Exists(path), false,
            File.Exists(path) ? path : "not downloaded; ResNet50 tries to download them, and otherwise starts from random weights "
                + "(`fashion weights`)");
    }

    private static Check Augmentations()
    {
        var effects = LabelPreservation.Measured.Select(effect => string.Create(CultureInfo.InvariantCulture, $"{effect.Name} {100 * effect.ChangedShare:0.#} %"));
        return new Check("augmentations", true, false, string.Create(
            CultureInfo.InvariantCulture, $"share of the five labels that each changes: {string.Join(", ", effects)}; more than "
                + $"{100 * LabelPreservation.Allowed:0} % is refused"));
    }

    private static async Task<Check> TryAsync(string name, bool needed, Func<Task<string>> check)
    {
        try
        {
            return new Check(name, true, needed, await check());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new Check(name, false, needed, e.Message);
        }
    }
}
