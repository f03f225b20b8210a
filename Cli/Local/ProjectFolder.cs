namespace ServerlessFashion.Cli.Local;

/// <summary>The folder of this installation, and the folder for its files.</summary>
internal static class ProjectFolder
{
    private const string HomeVariable = "FASHION_HOME";

    /// <summary>The folder with <c>package.json</c>: the launcher's folder, otherwise the nearest one above the program.</summary>
    public static string Home { get; } =
        Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home ? home : FindAbove(AppContext.BaseDirectory);

    /// <summary>The emulator's data, the data set's cache and downloaded weights.</summary>
    public static string State { get; } = Path.Combine(Home, ".fashion");

    private static string FindAbove(string folder)
    {
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
        {
            if (File.Exists(Path.Combine(parent.FullName, "package.json")))
            {
                return parent.FullName;
            }
        }

        return Directory.GetCurrentDirectory();
    }
}
