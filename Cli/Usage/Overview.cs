using System.CommandLine;

namespace ServerlessFashion.Cli.Usage;

/// <summary>What the program can do, on one screen.</summary>
internal static class Overview
{
    private const int NameWidth = 12;

    private static readonly (string Command, string Effect)[] Examples =
    [
        ("./fashion compare --preset smoke", "trains four models in about a minute"),
        ("./fashion predict shoe.png", "predicts a picture with the best model"),
    ];

    /// <summary>The text, with a line break at its end.</summary>
    public static string Text(string description, IEnumerable<VerbGroup> groups)
    {
        var verbs = groups.SelectMany(group => Section(group.Title, group.Verbs.Select(verb => (verb.Name, verb.Description ?? ""))));
        var launcher = Section("Develop this project", LauncherVerb.All.Select(verb => (verb.Name, verb.Description)));
        var examples = Examples.Select(example => $"  {example.Command,-34}{example.Effect}");
        string[] lines =
        [
            description,
            "",
            "Usage: ./fashion COMMAND [options]",
            .. verbs, .. launcher,
            "",
            "Examples",
            .. examples,
            "",
            "./fashion help COMMAND explains one. ./fashion --version prints the version.",
            "",
        ];
        return string.Join(Environment.NewLine, lines);
    }

    private static IEnumerable<string> Section(string title, IEnumerable<(string Name, string Description)> verbs) =>
        [.. new[] { "", title }, .. verbs.Select(verb => $"  {verb.Name.PadRight(NameWidth)}{verb.Description}")];
}
