using System.CommandLine;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Cli.Usage;

/// <summary><c>fashion help [COMMAND]</c>: explains the program or a command.</summary>
internal static class HelpVerb
{
    /// <param name="overview">Prints what the program can do.</param>
    public static Command Create(Func<int> overview)
    {
        var verb = new Argument<string?>("COMMAND") { Description = "The command to explain.", Arity = ArgumentArity.ZeroOrOne };
        verb.CompletionSources.Add(context => Verbs(context.ParseResult.RootCommandResult.Command).Select(command => command.Name));
        var help = new Command("help", "Explains a command and its options.") { verb };
        help.SetAction(parsed => parsed.GetValue(verb) is { } name
            ? Explain(parsed.RootCommandResult.Command, name)
            : overview());
        return help;
    }

    private static int Explain(Command root, string name)
    {
        if (LauncherVerb.All.FirstOrDefault(verb => verb.Name == name) is { } launcher)
        {
            Console.Out.WriteLine($"./fashion {launcher.Name}: {launcher.Description}");
            return ExitCodes.Done;
        }

        string[] names = [.. Verbs(root).Select(verb => verb.Name), .. LauncherVerb.All.Select(verb => verb.Name)];
        return names.Contains(name)
            ? root.Parse([name, "--help"]).Invoke()
            : throw new InvalidInputException(NearestName.Ask(name, names) is { } question
                ? $"help: '{name}' is not a command; {question}"
                : $"help: '{name}' is not a command. `./fashion help` lists the commands.");
    }

    private static IEnumerable<Command> Verbs(Command root) => root.Subcommands.Where(verb => !verb.Hidden);
}
