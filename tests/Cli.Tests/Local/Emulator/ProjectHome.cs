using System.Text.Json;
using ServerlessFashion.Cli.Local.Emulator;
using ServerlessFashion.Serialization;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Local.Emulator;

/// <summary>A project folder with Azurite, and the program in it.</summary>
internal sealed class ProjectHome
{
    private readonly string _path;

    private ProjectHome(string path) => _path = path;

    public string DataFolder => Path.Combine(_path, ".fashion", "azurite", "data");

    public string StateFile => Path.Combine(_path, ".fashion", "azurite", "state.json");

    /// <summary>Creates the folder; skips the test where Azurite is not installed.</summary>
    public static ProjectHome Create(string path)
    {
        Assert.SkipWhen(AzuriteProcess.Script is null, "The storage emulator is not installed: run `npm ci`.");
        var modules = AzuriteProcess.Script[..AzuriteProcess.Script.IndexOf("azurite", AzuriteProcess.Script.LastIndexOf(
            "node_modules", StringComparison.Ordinal), StringComparison.Ordinal)];
        Directory.CreateDirectory(path);
        Directory.CreateSymbolicLink(Path.Combine(path, "node_modules"), modules);
        return new ProjectHome(path);
    }

    /// <summary>Starts a command that uses the storage until it is interrupted.</summary>
    public FashionProgram Serve() => FashionProgram.Start("", "listening", Environment([]), "serve", "--port", "0");

    public Task<CommandResult> RunAsync(params string[] arguments) => RunAsync([], arguments);

    public Task<CommandResult> RunAsync(Dictionary<string, string> environment, params string[] arguments) =>
        FashionProgram.RunAsync("", Environment(environment), arguments);

    public async Task<EmulatorState> ReadStateAsync() =>
        EmulatorState.TryParse(await File.ReadAllTextAsync(StateFile, TestContext.Current.CancellationToken))!;

    public void WriteState(EmulatorState state)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StateFile)!);
        File.WriteAllText(StateFile, JsonSerializer.Serialize(state, Json.Compact));
    }

    private Dictionary<string, string> Environment(Dictionary<string, string> added) => new(added) { ["FASHION_HOME"] = _path };
}
