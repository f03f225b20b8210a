namespace ServerlessFashion.Cli.Tests.Usage;

public sealed class CompletionVerbTests
{
    /// <summary>What bash sets before it calls the function of a completion.</summary>
    private const string Complete = """
        export PATH=$(dirname "$FASHION"):$PATH
        source <("$FASHION" completion bash) || exit
        complete -p fashion >/dev/null || exit
        complete_words() {
          COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
          COMP_POINT=${#COMP_LINE}
          _fashion
          printf '%s\n' "${COMPREPLY[@]}"
        }
        complete_words
        """;

    [Theory]
    [InlineData("compare completion", "fashion com")]
    [InlineData("--preset", "fashion compare --pre")]
    [InlineData("best fast quick report smoke", "fashion compare --preset ''")]
    [InlineData(
        "model1,model4 model1,model4-annealed model1,model4-muon model1,model4-pruned model1,model4-slim",
        "fashion compare --models model1,model4")]
    [InlineData("cpu cuda", "fashion serve --device c")]
    [InlineData("always auto never", "fashion predict shoe.png --pictures ''")]
    [InlineData("promote predict", "fashion help pr")]
    [InlineData("zsh", "fashion completion z")]
    [InlineData("", "fashion predict ''")]
    [InlineData("", "fashion compare --output ''")]
    public async Task Bash_Words_OffersWhatFits(string expected, string words)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "/bin/bash does not exist.");

        var result = await FashionProgram.RunScriptAsync("", $"{Complete} {words}");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("zsh", "compdef _fashion fashion")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName fashion")]
    public async Task Completion_OtherShell_IsItsScript(string shell, string expected)
    {
        var result = await FashionProgram.RunAsync("", "completion", shell);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_UnknownShell_NamesTheShells()
    {
        var result = await FashionProgram.RunAsync("", "completion", "fish");

        Assert.Equal((2, "fashion: completion: 'fish' is not a shell; the shells are bash, zsh, pwsh.\n"), (result.ExitCode, result.Error));
    }
}
