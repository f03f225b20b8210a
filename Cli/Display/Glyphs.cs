using Spectre.Console;

namespace ServerlessFashion.Cli.Display;

/// <summary>The characters of bars, dots and frames: Unicode, or ASCII for a terminal that shows nothing else.</summary>
/// <param name="Done">The part of a bar that is done.</param>
/// <param name="Left">The rest of a bar. Without colour it differs from <paramref name="Done"/> too.</param>
/// <param name="Dots">Something is left out or not known yet.</param>
internal sealed record Glyphs(char Done, char Left, string Dots, TableBorder Border)
{
    public static Glyphs Unicode { get; } = new('█', '░', "…", TableBorder.Rounded);

    public static Glyphs Ascii { get; } = new('#', '.', "...", TableBorder.Ascii);

    /// <summary>The characters that a terminal can show.</summary>
    /// <param name="isUnicode">Whether the output is encoded in a form of Unicode.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <remarks>
    /// The first of LC_ALL, LC_CTYPE and LANG that is set decides: the locales C and POSIX know ASCII only. The console of Linux lacks
    /// the characters.
    /// </remarks>
    public static Glyphs Of(bool isUnicode, Func<string, string?> variable)
    {
        string[] names = ["LC_ALL", "LC_CTYPE", "LANG"];
        var locale = names.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return isUnicode && locale is not ("C" or "POSIX") && variable("TERM") is not "linux" ? Unicode : Ascii;
    }
}
