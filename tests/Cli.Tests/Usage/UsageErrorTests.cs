using ServerlessFashion.Cli.Commands;
using ServerlessFashion.Cli.Usage;

namespace ServerlessFashion.Cli.Tests.Usage;

public sealed class UsageErrorTests
{
    [Theory]
    [InlineData("'comprae' is not a command; did you mean compare? `./fashion help` lists the commands.", "comprae")]
    [InlineData("'tset' is not a command; did you mean test? `./fashion help` lists the commands.", "tset")]
    [InlineData("'xyzzy' is not a command. `./fashion help` lists the commands.", "xyzzy")]
    [InlineData("'--jsn' is not an option; did you mean --json? `./fashion help` lists the commands.", "--jsn")]
    [InlineData(
        "compare: '--prest' is not an option; did you mean --preset? `./fashion help compare` explains it.", "compare", "--prest", "quick")]
    [InlineData("runs: '--verbos' is not an option; did you mean --verbose? `./fashion help runs` explains it.", "runs", "--verbos")]
    [InlineData("compare: 'preset' is not expected here. `./fashion help compare` explains it.", "compare", "preset", "quick")]
    [InlineData("compare: 'maybe' is not expected here. `./fashion help compare` explains it.", "compare", "--json", "maybe")]
    [InlineData("seeds: 'x' is not a whole number. `./fashion help compare` explains it.", "compare", "--seeds", "x")]
    [InlineData("seeds: '1.5' is not a whole number. `./fashion help compare` explains it.", "compare", "--seeds", "1.5")]
    [InlineData("seeds: expected N after --seeds, found nothing. `./fashion help compare` explains it.", "compare", "--seeds")]
    [InlineData(
        "preset: expected one value, found 2. `./fashion help compare` explains it.", "compare", "--preset", "smoke", "--preset", "quick")]
    [InlineData("report: expected RUN, found nothing. `./fashion help report` explains it.", "report")]
    [InlineData("report: expected --output DIR, found nothing. `./fashion help report` explains it.", "report", "run")]
    [InlineData("completion: expected SHELL, found nothing. `./fashion help completion` explains it.", "completion")]
    public void Describe_Mistake_IsOneSentenceWithTheNearestWord(string expected, params string[] arguments) =>
        Assert.Equal(expected, UsageError.Describe(FashionCommand.Create().Parse(arguments, FashionCommand.Parsing)));

    /// <summary>Where any number of files is expected, the parser takes such a word for a file.</summary>
    [Theory]
    [InlineData("predict: '--summary' is not an option. `./fashion help predict` explains it.", "predict", "shoe.png", "--summary")]
    [InlineData(
        "predict: '--modle' is not an option; did you mean --model? `./fashion help predict` explains it.",
        "predict", "shoe.png", "--modle", "champion")]
    [InlineData(null, "predict", "--", "--summary")]
    [InlineData(null, "predict", "-", "--json")]
    public void FindUnknownOption_WordAmongFiles_IsNamed(string? expected, params string[] arguments) =>
        Assert.Equal(expected, UsageError.FindUnknownOption(FashionCommand.Create().Parse(arguments, FashionCommand.Parsing)));

    /// <summary>A picture may have such a name; it is not a file with arguments.</summary>
    [Fact]
    public void Parse_NameWithAt_IsAName() =>
        Assert.Empty(FashionCommand.Create().Parse(["predict", "@shoe.png"], FashionCommand.Parsing).Errors);
}
