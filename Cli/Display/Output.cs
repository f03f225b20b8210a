using System.Text.Json;
using ServerlessFashion.Serialization;
using Spectre.Console;

namespace ServerlessFashion.Cli.Display;

/// <summary>The output of a verb: text, or one JSON document on standard output with all text on standard error.</summary>
internal sealed class Output(bool json)
{
    public bool IsJson => json;

    /// <summary>The console for text. It is standard error if standard output contains the JSON document.</summary>
    public IAnsiConsole Console { get; } = json
        ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) })
        : AnsiConsole.Console;

    /// <summary>True if live tables can be drawn.</summary>
    public bool IsLive => Console.Profile.Out.IsTerminal && Console.Profile.Capabilities.Ansi;

    /// <summary>One plain line, never wrapped or coloured.</summary>
    public void Line(string text) => Console.Profile.Out.Writer.WriteLine(text);

    /// <summary>Prints a table, without wrapping if standard output is a pipe.</summary>
    public void Table(Table table)
    {
        if (!Console.Profile.Out.IsTerminal)
        {
            Console.Profile.Width = 200;
        }

        Console.Write(table);
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
}
