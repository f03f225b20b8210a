using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using ServerlessFashion.Cli.Commands;

namespace ServerlessFashion.Cli.Tests.Usage;

/// <summary>The lines with <c>./fashion</c> in README.md and in the pages of docs.</summary>
public sealed partial class PageLinesTests
{
    /// <summary>What the launcher runs from the sources, see the script <c>fashion</c>.</summary>
    private static readonly string[] VerbsOfTheLauncher = ["test", "bench", "chaos"];

    public static TheoryData<string> Pages() =>
        [.. Directory.GetFiles(Folder(), "*.md", SearchOption.AllDirectories).Select(page => Path.GetRelativePath(Folder(), page))];

    /// <summary>A verb or an option that no longer exists, or a value that an option cannot have, makes a page wrong.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Lines_OfAPage_AreUnderstood(string page)
    {
        var lines = Lines(File.ReadAllText(Path.Combine(Folder(), page)));

        Assert.All(lines, line => Assert.Empty(
            FashionCommand.Create().Parse(CommandLineParser.SplitCommandLine(line).ToArray(), FashionCommand.Parsing).Errors));
    }

    [Fact]
    public void Lines_OfTheReadme_AreFound() =>
        Assert.Contains("compare --preset smoke", Lines(File.ReadAllText(Path.Combine(Folder(), "README.md"))));

    [Fact]
    public void Lines_OptionThatDoesNotExist_IsNotUnderstood() =>
        Assert.NotEmpty(FashionCommand.Create().Parse(Lines("`./fashion compare --quick  # no option`")[0], FashionCommand.Parsing).Errors);

    private static string[] Lines(string page) =>
    [
        .. Line().Matches(page).Select(match => match.Groups["arguments"].Value.Trim())
            .Where(line => line != "COMMAND" && !VerbsOfTheLauncher.Contains(line.Split(' ')[0])),
    ];

    private static string Folder() => Path.Combine(AppContext.BaseDirectory, "pages");

    /// <summary>Up to the end of the command: of its line, its quotation, its pipe or its comment.</summary>
    [GeneratedRegex(@"\./fashion(?<arguments>( [^\n`#|>&)]*)?)(?=[\n`#|>&)])", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
