using System.Text.Json;
using ServerlessFashion.Cli.Display.Tables;
using ServerlessFashion.Serialization;
using Spectre.Console;

namespace ServerlessFashion.Cli.Display;

/// <summary>The output of a verb: text, or one JSON document on standard output with all text on standard error.</summary>
/// <param name="json">Whether standard output carries one JSON document.</param>
/// <param name="isLogged">Whether log records go to standard error, where they would disturb a table that is drawn again.</param>
internal sealed class Output(bool json, bool isLogged = false)
{
    /// <summary>The width of tables in a file or a pipe.</summary>
    private const int WidthOfFiles = 200;

    /// <summary>Writes above the live table; null without one.</summary>
    private volatile Action<Action>? _above;

    public bool IsJson => json;

    /// <summary>The console for text. It is standard error if standard output contains the JSON document.</summary>
    public IAnsiConsole Console { get; } = json
        ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) })
        : AnsiConsole.Console;

    /// <summary>The characters that the console can show.</summary>
    public Glyphs Glyphs => Glyphs.Of(Console.Profile.Capabilities.Unicode, Environment.GetEnvironmentVariable);

    /// <summary>True if people read the text immediately; false for a file or a pipe.</summary>
    public bool IsTerminal => Console.Profile.Out.IsTerminal;

    /// <summary>True if live tables can be drawn.</summary>
    public bool IsLive => IsTerminal && Console.Profile.Capabilities.Ansi && !isLogged;

    /// <summary>One plain line, never wrapped or coloured.</summary>
    public void Line(string text) => Above(() => Console.Profile.Out.Writer.WriteLine(TerminalText.Safe(text)));

    /// <summary>An explanation, wrapped between words in a terminal.</summary>
    public void Prose(string text)
    {
        var width = IsTerminal ? Console.Profile.Width : int.MaxValue;
        foreach (var line in WrappedText.Lines(text, width))
        {
            Line(line);
        }
    }

    /// <summary>One line on standard error, such as what a command waits for.</summary>
    public void Notice(string text) => Error($"fashion: {text}");

    /// <summary>One line on standard error.</summary>
    public void Error(string text) => Above(() => System.Console.Error.WriteLine(TerminalText.Safe(text)));

    /// <summary>Begins a live table. Lines stand above it until it is disposed.</summary>
    public LiveRegion BeginLive()
    {
        var live = new LiveRegion(Console);
        _above = live.Above;
        return live;
    }

    /// <summary>Prints a table with the columns that fit, and names the others.</summary>
    public void Table(FittedTable table)
    {
        if (!IsTerminal)
        {
            Console.Profile.Width = WidthOfFiles;
        }

        var width = Console.Profile.Width;
        Console.Write(table.RenderFitted(width, Glyphs.Border));
        if (table.LeftOut(width, isFramed: false) is { Count: > 0 } leftOut)
        {
            Prose($"Left out at this width: {string.Join(", ", leftOut)}. A wider terminal and --json show more.");
        }
    }

    /// <summary>Prints the result: the document with <c>--json</c>, otherwise the text of <paramref name="people"/>.</summary>
    public void Result<T>(T document, Action people)
    {
        if (json)
        {
            System.Console.Out.WriteLine(JsonSerializer.Serialize(document, Json.Indented));
        }
        else
        {
            people();
        }
    }

    private void Above(Action write)
    {
        if (_above is { } above)
        {
            above(write);
        }
        else
        {
            write();
        }
    }
}
