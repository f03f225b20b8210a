using System.CommandLine;
using System.CommandLine.Parsing;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Cli.Usage;

/// <summary>Describes a command that cannot be understood in one sentence, with the nearest word that can.</summary>
internal static class UsageError
{
    /// <param name="parsed">The result with at least one error.</param>
    public static string Describe(ParseResult parsed)
    {
        var verb = parsed.CommandResult.Command;
        var problem = parsed.UnmatchedTokens.Count > 0
            ? Unmatched(parsed.UnmatchedTokens[0], verb)
            : Problem(parsed.Errors[0], parsed, verb);
        return verb is RootCommand
            ? $"{problem} `./fashion help` lists the commands."
            : $"{problem} `./fashion help {verb.Name}` explains it.";
    }

    /// <summary>
    /// A word that looks like an option and was taken for one of several files, because the verb has no such option; null if there is none.
    /// After <c>--</c>, and where a file has that name, the word is meant as it is.
    /// </summary>
    public static string? FindUnknownOption(ParseResult parsed)
    {
        var verb = parsed.CommandResult.Command;
        var word = parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? null
            : verb.Arguments.SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? []).Select(token => token.Value)
                .FirstOrDefault(value => value is ['-', _, ..] && !Path.Exists(value));
        return word is null ? null : $"{Unmatched(word, verb)} `./fashion help {verb.Name}` explains it.";
    }

    private static string Unmatched(string token, Command verb)
    {
        var (kind, names) = token.StartsWith('-')
            ? ("an option", Options(verb))
            : verb is RootCommand ? ("a command", Verbs(verb)) : ("expected here", []);
        var refusal = $"{(verb is RootCommand ? "" : $"{verb.Name}: ")}'{token}' is not {kind}";
        return NearestName.Ask(token, names) is { } question ? $"{refusal}; {question}" : $"{refusal}.";
    }

    private static string Problem(ParseError error, ParseResult parsed, Command verb) => error.SymbolResult switch
    {
        OptionResult { Implicit: false } option => Problem(option),
        ArgumentResult { Parent: OptionResult { Implicit: false } option } => Problem(option),
        _ when Missing(parsed, verb) is { } missing => $"{verb.Name}: expected {missing}, found nothing.",
        _ => $"{verb.Name}: {error.Message}",
    };

    private static string Problem(OptionResult result)
    {
        var option = result.Option;
        var name = option.Name.TrimStart('-');
        return result.Tokens switch
        {
            [] => $"{name}: expected {ValueOf(option)} after {option.Name}, found nothing.",
            [var value] when IsFlag(option) => $"{name}: takes no value, found '{value.Value}'.",
            [var value] => $"{name}: '{value.Value}' is not a whole number.",
            _ => $"{name}: expected one value, found {result.Tokens.Count}.",
        };
    }

    private static string? Missing(ParseResult parsed, Command verb) =>
        verb.Arguments.FirstOrDefault(argument =>
            argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 })?.Name
        ?? verb.Options.Where(option => option.Required && parsed.GetResult(option) is not { Implicit: false })
            .Select(option => $"{option.Name} {ValueOf(option)}").FirstOrDefault();

    private static bool IsFlag(Option option) => option.ValueType == typeof(bool);

    private static string ValueOf(Option option) => option.HelpName ?? "a value";

    private static IEnumerable<string> Verbs(Command root) =>
        root.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name).Concat(LauncherVerb.All.Select(verb => verb.Name));

    /// <summary>The options of a verb, or of all verbs where none is named.</summary>
    private static IEnumerable<string> Options(Command verb)
    {
        var shared = verb.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive));
        return verb.Options.Concat(shared).Concat(verb.Subcommands.SelectMany(child => child.Options)).Select(option => option.Name);
    }
}
