using System.CommandLine;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Cli.Usage;

/// <summary><c>fashion completion SHELL</c>: prints a script that lets a shell complete verbs, options and their values.</summary>
internal static class CompletionVerb
{
    private static readonly string[] Shells = ["bash", "zsh", "pwsh"];

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL")
        {
            Description = "bash, zsh or pwsh. The first lines of the script say how to use it.",
        };
        shell.CompletionSources.Add(Shells);
        var command = new Command("completion", "Prints a script that completes commands and options in your shell.") { shell };
        command.SetAction(parsed =>
        {
            Console.Out.Write(ScriptOf(parsed.GetRequiredValue(shell)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string ScriptOf(string shell) => Shells.Contains(shell)
        ? EmbeddedFile.ReadText(typeof(CompletionVerb), $"completion.{shell}")
        : throw UnknownName.Refuse("completion", shell, "shell", Shells);
}
