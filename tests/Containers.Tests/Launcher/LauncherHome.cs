using System.Diagnostics;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Containers.Tests.Launcher;

/// <summary>
/// A copy of the launcher in a folder of its own. Its <c>npm</c>, <c>dotnet</c> and program are short scripts that write what they do into
/// the file <c>log</c>.
/// </summary>
internal sealed class LauncherHome : IDisposable
{
    private const string Program = "Cli/bin/Release/net10.0/fashion";

    private readonly TemporaryFolder _folder = new();

    /// <param name="name">The folder of the copy.</param>
    public LauncherHome(string name = "home of fashion")
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "/bin/bash does not exist.");
        Home = Path.Combine(_folder.Path, name);
        foreach (var part in new[] { "Core", "Training", "Hosting", "Cli", "build", "chaos" })
        {
            Directory.CreateDirectory(Path.Combine(Home, part));
        }

        File.WriteAllText(Path.Combine(Home, "Directory.Build.props"), "");
        File.WriteAllText(Path.Combine(Home, "package-lock.json"), "{}");
        foreach (var script in new[] { "fashion", "build/test.sh", "chaos/chaos.sh" })
        {
            File.Copy(Path.Combine(Repository.Root, script), Path.Combine(Home, script));
        }

        // npm writes the hidden file last, as the true one does. With WAIT it waits for the file "go".
        Write("bin/npm", """
            echo "npm $* in $PWD" >>"$LOG"
            [ -z "$WAIT" ] || until [ -e go ] || [ ! -e "$LOG" ]; do sleep .02; done
            mkdir -p node_modules/azurite && touch node_modules/.package-lock.json
            case "$*" in *--omit=dev*) ;; *) mkdir -p node_modules/axe-core node_modules/@stoplight/spectral-cli ;; esac
            echo "npm ended" >>"$LOG"
            """);
        Write("bin/dotnet", $$"""
            [ "$1" = build ] || { echo "dotnet $*" >>"$LOG"; exit; }
            echo "dotnet build $2" >>"$LOG"
            mkdir -p "$2/bin/Release/net10.0"
            cp "$HOME_OF_TEST/program" "$FASHION_HOME/{{Program}}"
            echo "$TorchBuild" >"$2/bin/Release/net10.0/torch-build"
            echo "dotnet ended" >>"$LOG"
            """);
        Write("program", """
            echo "home=$FASHION_HOME here=$PWD arguments=$*"
            [ "$1" != command ] || echo "command=$FASHION_COMMAND"
            """);
    }

    /// <summary>The folder of the launcher.</summary>
    public string Home { get; }

    /// <summary>A folder beside it.</summary>
    public string Beside(string name) => Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName;

    /// <summary>What <c>npm</c> and <c>dotnet</c> did, in order.</summary>
    public string[] Log => File.Exists(LogFile) ? File.ReadAllLines(LogFile) : [];

    private string LogFile => Path.Combine(_folder.Path, "log");

    /// <summary>Runs a shell script; <c>$HOME_OF_LAUNCHER</c> is the folder of the launcher.</summary>
    /// <returns>The exit code, standard output and standard error.</returns>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(string script, string? folder = null)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", script])
        {
            WorkingDirectory = folder ?? _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("FASHION_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["PATH"] = Path.Combine(_folder.Path, "bin") + ":" + Environment.GetEnvironmentVariable("PATH");
        start.Environment["LOG"] = LogFile;
        start.Environment["WAIT"] = "";
        start.Environment["HOME_OF_TEST"] = _folder.Path;
        start.Environment["HOME_OF_LAUNCHER"] = Home;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string name, string script)
    {
        var file = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "#!/bin/bash\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
