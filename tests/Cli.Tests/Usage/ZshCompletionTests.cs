using System.Text.RegularExpressions;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Usage;

/// <summary>The completion in a true, interactive zsh: what its own matching offers after a press of the Tab key.</summary>
public sealed partial class ZshCompletionTests : IDisposable
{
    /// <summary>
    /// Read by the shell that completes. Its <c>compadd</c> also writes what fits, and the shell ends with the completion. Functions of zsh
    /// that ask for the matches themselves (-O, -A, -D) get them.
    /// </summary>
    private const string Setup = """
        PROMPT=
        fpath=("$FOLDER/functions" $fpath)
        autoload -Uz compinit
        compinit -u -D
        [[ $LOAD != source ]] || source <("$FASHION" completion zsh)
        compadd() {
          [[ " $* " != *' -'[OAD]' '* ]] || { builtin compadd "$@"; return }
          local hits hit
          hits=()
          builtin compadd -O hits "$@"
          for hit in $hits; do print -r -- "<offer $hit>"; done
        }
        finish() { print -r -- '<end>'; exit }
        comppostfuncs=(finish)
        zstyle ':completion:*' insert-tab false
        bindkey '^I' complete-word
        print -r -- '<ready>'
        """;

    /// <summary>Types a line and the Tab key into such a shell.</summary>
    private const string Driver = """
        zmodload zsh/zpty || exit 3
        zpty shell zsh -f -i || exit 4
        zpty -w shell "source $FOLDER/setup"
        zpty -r shell text '*<ready>*' || exit 5
        zpty -w -n shell "$LINE"$'\t'
        zpty -r shell text '*<end>*' || exit 6
        print -r -- "$text"
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("compare completion", "fashion com")]
    [InlineData("--preset", "fashion compare --pre")]
    [InlineData("best fast quick report smoke", "fashion compare --preset ")]
    [InlineData("smoke", "fashion compare --preset sm")]
    [InlineData(
        "model1,model4 model1,model4-annealed model1,model4-muon model1,model4-pruned model1,model4-slim",
        "fashion compare --models model1,model4")]
    [InlineData("cpu cuda", "fashion serve --device c")]
    [InlineData("always auto never", "fashion predict shoe.png --pictures ")]
    [InlineData("promote predict", "fashion help pr")]
    [InlineData("zsh", "fashion completion z")]
    [InlineData("shoe.png", "fashion predict ")]
    [InlineData("", "fashion compare --models nothing")]
    public async Task Zsh_Line_OffersWhatFits(string expected, string line) =>
        Assert.Equal(Words(expected), await OffersAsync(line, "source"));

    /// <summary>Zsh loads a file of <c>fpath</c> when it completes the first time, and calls it as the function.</summary>
    [Fact]
    public async Task Zsh_ScriptInFpath_OffersWhatFits() =>
        Assert.Equal(Words("best fast quick report smoke"), await OffersAsync("fashion compare --preset ", "fpath"));

    private static IEnumerable<string> Words(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);

    private async Task<IEnumerable<string>> OffersAsync(string line, string load)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(folders.Any(folder => File.Exists(Path.Combine(folder, "zsh"))), "zsh is not on PATH.");
        await File.WriteAllTextAsync(_folder.File("setup"), Setup, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.File("driver"), Driver, TestContext.Current.CancellationToken);

        var result = await FashionProgram.RunScriptAsync("", $$"""
            export FOLDER='{{_folder.Path}}' LINE='{{line}}' LOAD={{load}} TERM=xterm PATH=$(dirname "$FASHION"):$PATH
            mkdir "$FOLDER/functions" "$FOLDER/home" && cd "$FOLDER/home" && touch shoe.png || exit
            [ "$LOAD" = source ] || "$FASHION" completion zsh >"$FOLDER/functions/_fashion" || exit
            HOME=$PWD exec timeout 240 zsh -f "$FOLDER/driver"
            """);

        Assert.True(result.ExitCode == 0, $"{result.ExitCode}: {result.Output}{result.Error}");
        return Offer().Matches(result.Output).Select(match => match.Groups["text"].Value).Order(StringComparer.Ordinal);
    }

    [GeneratedRegex("<offer (?<text>[^>]*)>", RegexOptions.ExplicitCapture)]
    private static partial Regex Offer();
}
