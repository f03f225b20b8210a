namespace ServerlessFashion.Cli.Tests.Verbs;

public sealed class FunctionsVerbTests(StorageFixture storage) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fashion-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Functions_CtrlC_StopsTheHostThatRanOnItsStorage()
    {
        // Says how it was started, and waits to be asked to end.
        var tools = CreateTools(
            "trap 'echo asked to end; exit 0' TERM; echo \"$@ in $PWD on $AzureWebJobsStorage as $FUNCTIONS_WORKER_RUNTIME\"; "
            + "while :; do sleep .1; done");
        var app = CreateApp();
        var account = await storage.NewAccountAsync();
        using var program = FashionProgram.StartWithPath(tools, account, "start", "functions", "--port", "7199", "--app", app);
        var started = await program.MarkerAsync();

        program.Interrupt();
        var result = await program.EndAsync();

        Assert.Equal($"start --no-build --port 7199 in {app} on {account} as dotnet-isolated", started);
        Assert.Contains("asked to end", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Functions_HostFails_IsAFailureWithItsCode()
    {
        using var program = FashionProgram.StartWithPath(
            CreateTools("exit 7"), await storage.NewAccountAsync(), "running", "functions", "--app", CreateApp());

        var result = await program.EndAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the Functions host ended with code 7", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_NoCoreTools_SaysWhatToInstall()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Reads PATH in the Unix way.");
        using var program = FashionProgram.StartWithPath(
            _folder.FullName, await storage.NewAccountAsync(), "running", "functions", "--app", CreateApp());

        var result = await program.EndAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Azure Functions Core Tools 4 (func) are not on PATH", result.Error, StringComparison.Ordinal);
    }

    /// <summary>A build takes minutes, and without <c>func</c> it would be for nothing.</summary>
    [Fact]
    public async Task Functions_NoCoreTools_SaysHowToInstallThemBeforeItBuilds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Reads PATH in the Unix way.");
        var built = Path.Combine(_folder.FullName, "built");
        var tools = CreateTools($"echo \"$*\" >>'{built}'", "dotnet").Split(':')[0];
        using var program = FashionProgram.StartWithPath(tools, await storage.NewAccountAsync(), "building", "functions");

        var result = await program.EndAsync();

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal(
            "fashion: functions: Azure Functions Core Tools 4 (func) are not on PATH; install them with `npm install --global "
            + "azure-functions-core-tools@4`, or use `fashion serve`, which offers the same API.\n",
            result.Error);
        Assert.False(File.Exists(built), "The build was started.");
    }

    /// <summary>With <c>func</c> the build comes first, and its failure is told.</summary>
    [Fact]
    public async Task Functions_BuildFails_IsTold()
    {
        var tools = CreateTools("echo started by mistake");
        CreateTools("echo \"$1\"; exit 1", "dotnet");
        using var program = FashionProgram.StartWithPath(tools, await storage.NewAccountAsync(), "building", "functions");

        var result = await program.EndAsync();

        Assert.Equal((2, "building the Functions app ...\nbuild"), (result.ExitCode, result.Output));
        Assert.Contains(" does not build; `fashion serve` offers the same API without it.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_FolderWithoutAnApp_IsBadInput()
    {
        var result = await FashionProgram.RunAsync(await storage.NewAccountAsync(), "functions", "--app", _folder.FullName);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"app: {_folder.FullName} contains no built Functions app", result.Error, StringComparison.Ordinal);
    }

    private string CreateApp()
    {
        File.WriteAllText(Path.Combine(_folder.CreateSubdirectory("app").FullName, "functions.metadata"), "[]");
        return Path.Combine(_folder.FullName, "app");
    }

    /// <summary>A search path whose first folder has a <c>func</c> of ours, or another tool.</summary>
    private string CreateTools(string script, string name = "func")
    {
        var func = Path.Combine(_folder.CreateSubdirectory("tools").FullName, name);
        File.WriteAllText(func, "#!/bin/sh\n" + script + "\n");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Stands in for a program with a shell script.");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(func, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return Path.GetDirectoryName(func) + ":/usr/bin:/bin";
    }
}
