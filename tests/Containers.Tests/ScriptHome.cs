using System.Diagnostics;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Containers.Tests;

/// <summary>
/// Copies of the shell scripts in a folder of their own. Each program that a script needs is a stand-in that writes its arguments and its
/// folder into the file <c>log</c> and fails, so that no script does more than begin.
/// </summary>
internal sealed class ScriptHome : IDisposable
{
    private static readonly string[] Programs =
        ["dotnet", "npm", "apt-get", "buildah", "debootstrap", "afl-fuzz", "unshare", "ip"];

    private readonly TemporaryFolder _folder = new();

    public ScriptHome(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/bin/bash"), "Needs Linux with /bin/bash.");
        Home = Path.Combine(_folder.Path, "home of fashion");
        Copy(script);
        // What the scripts look for before they begin.
        Write("home of fashion/tests/One.Tests/One.Tests.csproj", "<Project />");
        Write("tools/sdk/10.0.100/dotnet.dll", "");
        foreach (var program in Programs)
        {
            Write($"tools/{program}", $"#!/bin/bash\necho \"{program} $* in $PWD\" >>\"$LOG\"\nexit 1\n");
        }

        // The scripts ask who runs them.
        Write("tools/id", "#!/bin/bash\necho 0\n");
    }

    /// <summary>The folder that has the place of the repository.</summary>
    public string Home { get; }

    /// <summary>Runs a shell script beside that folder; <c>$HOME_OF_SCRIPT</c> is the folder.</summary>
    /// <returns>What the stand-ins were asked, and the output for messages.</returns>
    public async Task<(string[] Log, string Output)> RunAsync(string script)
    {
        var log = Path.Combine(_folder.Path, "log");
        var start = new ProcessStartInfo("/bin/bash", ["-c", script])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = Path.Combine(_folder.Path, "tools") + ":" + Environment.GetEnvironmentVariable("PATH");
        start.Environment["LOG"] = log;
        start.Environment["HOME_OF_SCRIPT"] = Home;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (File.Exists(log) ? await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken) : [], output + await error);
    }

    public void Dispose() => _folder.Dispose();

    private void Copy(string script) => Write($"home of fashion/{script}", File.ReadAllText(Path.Combine(Repository.Root, script)));

    private void Write(string name, string content)
    {
        var file = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
