namespace ServerlessFashion;

/// <summary>
/// Input from outside (a file, an option, a request field) that cannot be used. The message is one sentence that
/// names the file, line or field, what was expected and what was found. The command line shows it alone and exits
/// with 2; the HTTP API answers 400 with it; pipeline steps never retry it. Names and values out of the input may stand
/// in it as they are: control characters are taken out, so that no file can steer a terminal.
/// </summary>
public sealed class InvalidInputException : Exception
{
    /// <summary>
    /// Libraries quote what they cannot read, and that may be a whole file; the names of files and blobs may be long too.
    /// </summary>
    private const int LongestMessage = 800;

    public InvalidInputException(string message) : base(OneLine(message)) { }

    public InvalidInputException(string message, Exception innerException) : base(OneLine(message), innerException) { }

    /// <summary>
    /// <paramref name="text"/> with spaces for line ends and tabs, and '?' for other control characters and those that turn the direction
    /// of writing; what is far too long loses its middle, since what is wrong stands at the end.
    /// </summary>
    public static string OneLine(string text)
    {
        var shown = text.Length <= LongestMessage
            ? text
            : $"{text.AsSpan(0, LongestMessage / 2)}...{text.AsSpan(text.Length - (LongestMessage / 2))}";
        return shown.Any(IsUnsafe)
            ? string.Concat(shown.Select(character => !IsUnsafe(character) ? character : char.IsWhiteSpace(character) ? ' ' : '?'))
            : shown;
    }

    /// <summary>Whether a terminal would obey the character instead of showing it.</summary>
    public static bool IsUnsafe(char character) => char.IsControl(character) || TurnsDirection(character);

    /// <summary>
    /// Explicit directional formatting of Unicode (UAX #9, section 2): such a character in a name can reverse the text that follows.
    /// </summary>
    private static bool TurnsDirection(char character) =>
        character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f' or '\u061c';
}
