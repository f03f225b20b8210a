using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using ServerlessFashion.Containers.Tests.Files;

namespace ServerlessFashion.Containers.Tests;

/// <summary>The files under test. Paths are relative to the root of the repository and have slashes.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["bin", "obj", "node_modules", "out", "TestResults", ".git", ".fashion", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    public static IgnoreFile IgnoreFile { get; } = IgnoreFile.Parse(File.ReadAllText(Path.Combine(Root, ".dockerignore")));

    public static Dockerfile Dockerfile(string app) => Files.Dockerfile.Parse(Text(app));

    public static string Text(string app) => File.ReadAllText(Path.Combine(Root, "infra", "docker", app + ".Dockerfile"));

    /// <summary>All files below a folder, without what a build or a tool has made.</summary>
    public static IEnumerable<string> FilesBelow(string folder)
    {
        var directory = new DirectoryInfo(Path.Combine(Root, folder));
        var below = directory.EnumerateDirectories().Where(child => !Generated.Contains(child.Name));
        var here = directory.EnumerateFiles().Select(file => Relative(file.FullName));
        return here.Concat(below.SelectMany(child => FilesBelow(child.FullName)));
    }

    /// <summary>The files that git tracks; all files where git or its folder is missing.</summary>
    public static IReadOnlyList<string> TrackedFiles()
    {
        if (!Path.Exists(Path.Combine(Root, ".git")))
        {
            return [.. FilesBelow("")];
        }

        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, "ls-files", "-z"]) { RedirectStandardOutput = true })!;
            var names = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(name => File.Exists(Path.Combine(Root, name)))];
        }
        catch (Win32Exception)
        {
            return [.. FilesBelow("")];
        }
    }

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
