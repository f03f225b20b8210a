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

    /// <summary>The text that PowerShell puts into the line for each candidate, and what it replaces.</summary>
    [Theory]
    [InlineData("compare completion", "comp", "fashion comp")]
    [InlineData("--preset", "--pre", "fashion compare --pre")]
    [InlineData("smoke", "sm", "fashion compare --preset sm")]
    [InlineData("best fast quick report smoke", "", "fashion compare --preset ")]
    [InlineData("model4-annealed model4-muon model4-pruned model4-slim", "model4-", "fashion compare --models model1,model4-")]
    [InlineData("smoke", "sm", "$other = 1; fashion  compare  --preset  sm")]
    public async Task PowerShell_Line_OffersWhatFits(string expected, string replaced, string line)
    {
        var shell = FindOnPath("pwsh");
        Assert.SkipWhen(shell is null, "pwsh is not on PATH.");

        var result = await FashionProgram.RunScriptAsync("", $$"""
            export PATH=$(dirname "$FASHION"):$PATH HOME=$(mktemp -d) POWERSHELL_TELEMETRY_OPTOUT=1 NO_COLOR=1
            '{{shell}}' -NoProfile -NonInteractive -Command '
              fashion completion pwsh | Out-String | Invoke-Expression
              $line = "{{line.Replace("$", "`$", StringComparison.Ordinal)}}"
              $found = TabExpansion2 $line $line.Length
              $line.Substring($found.ReplacementIndex, $found.ReplacementLength)
              $found.CompletionMatches.CompletionText'
            """);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal([replaced, .. expected.Split(' ')], result.Output.TrimEnd('\n').Split('\n'));
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

    private static string? FindOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
