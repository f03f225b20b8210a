namespace ServerlessFashion.Containers.Tests;

/// <summary>The shell scripts of the repository.</summary>
public sealed class ShellScriptTests
{
    public static TheoryData<string> Scripts() => [.. Repository.TrackedFiles().Where(IsShellScript).Order(StringComparer.Ordinal)];

    [Fact]
    public void Scripts_OfTheRepository_AreFound()
    {
        Assert.Superset(
            new HashSet<string>(["fashion", "build/test.sh", ".ci/run", "infra/docker/build-without-engine.sh"]),
            Scripts().Select(row => row.Data).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Script_Syntax_IsValid(string script)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "/bin/bash does not exist.");

        Assert.Equal((0, ""), await Dotnet.RunAsync("/bin/bash", "-n", script));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Script_ShellCheck_FindsNothing(string script)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(folders.Any(folder => File.Exists(Path.Combine(folder, "shellcheck"))), "shellcheck is not on PATH.");

        Assert.Equal((0, ""), await Dotnet.RunAsync("shellcheck", script));
    }

    [Theory]
    [InlineData("build-without-engine: expected api, trainer or trainer-cuda, found web.", "web")]
    [InlineData("build-without-engine: expected api, trainer or trainer-cuda, found .", "")]
    public async Task BuildWithoutEngine_UnknownImage_IsRefusedBeforeAnyWork(string expected, string image)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "/bin/bash does not exist.");

        var (exitCode, output) = await Dotnet.RunAsync("/bin/bash", "infra/docker/build-without-engine.sh", image);

        Assert.Equal((2, expected), (exitCode, output.Trim()));
    }

    private static bool IsShellScript(string file)
    {
        using var reader = new StreamReader(Path.Combine(Repository.Root, file));
        var start = new char[2];
        return reader.Read(start) == 2 && start is ['#', '!'] && reader.ReadLine()!.EndsWith("sh", StringComparison.Ordinal);
    }
}
