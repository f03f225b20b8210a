using System.CommandLine;

namespace ServerlessFashion.Cli.Usage;

/// <summary>Verbs that belong together.</summary>
internal sealed record VerbGroup(string Title, params IReadOnlyList<Command> Verbs);

/// <summary>A verb of the launcher script, which this program does not see.</summary>
internal sealed record LauncherVerb(string Name, string Description)
{
    public static IReadOnlyList<LauncherVerb> All { get; } =
    [
        new("test", "Runs every test; arguments go to the test programs."),
        new("chaos", "Runs an experiment of docs/reliability.md."),
        new("bench", "Compares a training with plain loops of TorchSharp and PyTorch."),
    ];
}
