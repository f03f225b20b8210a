using System.Diagnostics;
using System.Text.Json;

namespace ServerlessFashion.Containers.Tests;

/// <summary>A project as a restore would see it.</summary>
/// <param name="Path">From the root of the repository.</param>
/// <param name="Packages">Those that the project itself asks for.</param>
internal sealed record RestoredProject(string Path, IReadOnlyList<string> Packages);

/// <summary>Evaluations of MSBuild. Nothing is restored or built, so packages that no source serves can be asked about.</summary>
internal static class Dotnet
{
    /// <summary>Asks NuGet's own target which projects and packages a restore would read.</summary>
    /// <param name="project">A project file, from the root of the repository.</param>
    /// <param name="properties">E.g. <c>TorchBuild=cuda</c>.</param>
    /// <returns>The project and all that it references, directly or not; or the output of a failure.</returns>
    public static async Task<(IReadOnlyList<RestoredProject> Projects, string Failure)> RestoreGraphAsync(
        string project, params string[] properties)
    {
        var file = Path.GetTempFileName();
        try
        {
            string[] arguments =
            [
                "msbuild", project, "-nologo", "-verbosity:quiet", "-nodeReuse:false",
                "-target:GenerateRestoreGraphFile", "-property:RestoreGraphOutputPath=" + file,
                .. properties.Select(property => "-property:" + property),
            ];
            var (exitCode, output) = await RunAsync("dotnet", arguments);
            return exitCode == 0 ? (Read(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)), "") : ([], output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Runs a program in the root of the repository.</summary>
    /// <returns>The exit code, and both streams in one.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    private static List<RestoredProject> Read(string graph)
    {
        using var document = JsonDocument.Parse(graph);
        return [.. document.RootElement.GetProperty("projects").EnumerateObject().Select(project => new RestoredProject(
            Repository.Relative(project.Name),
            [.. project.Value.GetProperty("frameworks").EnumerateObject().SelectMany(framework => Packages(framework.Value))]))];
    }

    private static IEnumerable<string> Packages(JsonElement framework) =>
        framework.TryGetProperty("dependencies", out var packages) ? packages.EnumerateObject().Select(package => package.Name) : [];
}
