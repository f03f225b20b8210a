using ServerlessFashion.Cli.Commands;
using ServerlessFashion.Cli.Usage;

namespace ServerlessFashion.Cli.Tests.Usage;

public sealed class OverviewTests
{
    private static readonly Dictionary<string, string> NoStorage = [];

    [Theory]
    [InlineData]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Program_NoVerb_ShowsEveryVerbAndExamples(params string[] arguments)
    {
        var result = await FashionProgram.RunAsync("", NoStorage, arguments);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var verbs = FashionCommand.Create().Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name);
        Assert.All(verbs, verb => Assert.Matches($"(?m)^  {verb} +[A-Z]", result.Output));
        Assert.Contains("\nExamples\n  ./fashion compare --preset smoke ", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("run-step", result.Output, StringComparison.Ordinal);
        Assert.All(result.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Help_Verb_IsTheHelpOfThatVerb()
    {
        var help = await FashionProgram.RunAsync("", "help", "promote");
        var option = await FashionProgram.RunAsync("", "promote", "--help");

        Assert.Equal(0, help.ExitCode);
        Assert.Contains("--roll-back", help.Output, StringComparison.Ordinal);
        Assert.Equal(option.Output, help.Output);
    }

    [Fact]
    public async Task Help_VerbOfTheLauncher_IsExplained()
    {
        var help = await FashionProgram.RunAsync("", "help", "test");

        Assert.Equal((0, "./fashion test: Runs every test; arguments go to the test programs."), (help.ExitCode, help.Output));
    }

    [Theory]
    [InlineData("fashion 0.1.0, built from commit 99441e0e93", "0.1.0+99441e0e93ab54e0f3dd5c1b2a4f6e8d7c9b0a12")]
    [InlineData("fashion 0.1.0", "0.1.0")]
    [InlineData("fashion 2.0.0-rc.1, built from commit abc", "2.0.0-rc.1+abc")]
    public void Describe_Version_NamesTheCommit(string expected, string version) =>
        Assert.Equal(expected, ProgramVersion.Describe(version));

    [Fact]
    public async Task Version_Option_IsPrinted()
    {
        var result = await FashionProgram.RunAsync("", "--version");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"^fashion \d+\.\d+\.\d+(, built from commit [0-9a-f]{10})?$", result.Output);
    }
}
