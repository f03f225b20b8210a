namespace ServerlessFashion.Chaos;

/// <summary>An empty project folder for commands, with the storage emulator of the real one. Disposing deletes it.</summary>
internal sealed class ScratchProject : IDisposable
{
    private const string ProjectVariable = "FASHION_CHAOS_PROJECT";

    private ScratchProject(string folder) => Folder = folder;

    /// <summary>The folder of the program under test.</summary>
    public static string Home { get; } = Environment.GetEnvironmentVariable(ProjectVariable) is { Length: > 0 } home
        ? home
        : throw new InvalidInputException($"chaos: {ProjectVariable} is not set; start it with `./fashion chaos`.");

    public string Folder { get; }

    /// <summary>Where the project's emulator keeps its data.</summary>
    public string EmulatorData => Path.Combine(Folder, ".fashion", "azurite", "data");

    public static ScratchProject Create()
    {
        var project = new ScratchProject(Directory.CreateTempSubdirectory("project-").FullName);
        project.LinkEmulator();
        return project;
    }

    /// <summary>Gives the folder the emulator's program, as after something was mounted on it.</summary>
    public void LinkEmulator() =>
        Directory.CreateSymbolicLink(Path.Combine(Folder, "node_modules"), Path.Combine(Home, "node_modules"));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
