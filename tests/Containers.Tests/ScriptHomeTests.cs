namespace ServerlessFashion.Containers.Tests;

/// <summary>Each shell script but the launcher, which has tests of its own, works on the project that it belongs to.</summary>
public sealed class ScriptHomeTests
{
    /// <summary>The scripts, each started in several ways.</summary>
    public static MatrixTheoryData<string, string> Starts() => new(
        ShellScriptTests.Scripts().Select(row => row.Data).Where(script => script != "fashion"),
        [
            "cd /; \"$HOME_OF_SCRIPT/$SCRIPT\"",
            "ln -s \"$HOME_OF_SCRIPT/$SCRIPT\" linked; ./linked",
            "ln -s \"$HOME_OF_SCRIPT/$SCRIPT\" first; mkdir -p a/b; ln -s ../../first a/b/second; cd a; b/second",
            "ln -s \"$HOME_OF_SCRIPT\" folder; \"folder/$SCRIPT\"",
            // With CDPATH, cd goes to a folder of that path first, and prints where it went.
            "mkdir -p \"other/${SCRIPT%/*}\"; export CDPATH=$PWD/other; cd \"$HOME_OF_SCRIPT\" >/dev/null; bash \"$SCRIPT\"",
            "mkdir -p \"other/home of fashion/${SCRIPT%/*}\"; export CDPATH=$PWD/other; bash \"home of fashion/$SCRIPT\"",
        ]);

    [Theory]
    [MemberData(nameof(Starts))]
    public async Task Script_StartedFromAnywhere_WorksAtItsHome(string script, string start)
    {
        using var home = new ScriptHome(script);

        var (log, output) = await home.RunAsync($"SCRIPT={script}; {start}");

        Assert.True(log.Length > 0, output);
        // The experiments are built by their whole path; the other scripts go home first.
        Assert.All(log, line => Assert.True(
            line.Contains($" in {home.Home}", StringComparison.Ordinal)
            || line.StartsWith($"dotnet build {home.Home}/chaos ", StringComparison.Ordinal), line));
    }
}
