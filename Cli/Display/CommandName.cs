namespace ServerlessFashion.Cli.Display;

/// <summary>This program in commands that people paste into their shell.</summary>
internal static class CommandName
{
    /// <summary>Set by the launcher to the path by which it was called, which need not be in the current folder.</summary>
    public const string Variable = "FASHION_COMMAND";

    private const string InProjectFolder = "./fashion";

    public static string Text { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? ShellWord.Of(path) : InProjectFolder;
}
