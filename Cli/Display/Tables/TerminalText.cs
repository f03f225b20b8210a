namespace ServerlessFashion.Cli.Display.Tables;

/// <summary>
/// Text that files, servers and other people wrote, for a terminal. A control character in it, such as ESC, could move the cursor, change
/// the title, or hide or reverse what follows, so '?' replaces it.
/// </summary>
internal static class TerminalText
{
    private const char Replacement = '?';

    /// <summary>The text with its line ends and tabs, and without other control characters.</summary>
    public static string Safe(string text) => text.Any(IsUnsafe)
        ? string.Concat(text.Select(character => IsUnsafe(character) ? Replacement : character))
        : text;

    private static bool IsUnsafe(char character) =>
        InvalidInputException.IsUnsafe(character) && character is not ('\n' or '\r' or '\t');
}
