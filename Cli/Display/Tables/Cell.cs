using Spectre.Console;

namespace ServerlessFashion.Cli.Display.Tables;

/// <summary>The text of a cell on one line, and its style.</summary>
internal readonly record struct Cell(string Text, Style? Style = null)
{
    public string Text { get; } = TerminalText.Safe(Text);

    public static implicit operator Cell(string? text) => new(text ?? "");
}
