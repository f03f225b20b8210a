namespace ServerlessFashion.Cli.Display;

/// <summary>A word of a command that a person copies into a shell.</summary>
internal static class ShellWord
{
    /// <summary>An option with its value, and a space in front; empty without a value.</summary>
    public static string Option(string name, string? value) => value is null ? "" : $" {name} {Of(value)}";

    /// <summary>The text as one word of a POSIX shell, in quotes if it needs them.</summary>
    public static string Of(string text) =>
        text.Length > 0 && text.All(letter => char.IsLetterOrDigit(letter) || "-_./:=,@%+".Contains(letter, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
