using System.Text.Json;
using Spectre.Console;

namespace ServerlessFashion.Cli.Display;

/// <summary>What a verb says: text for people, or one JSON document on standard output with all else on standard error.</summary>
internal sealed class Output(bool json)
{
    public bool IsJson => json;

    /// <summary>For people; on standard error when standard output carries the JSON document.</summary>
    public IAnsiConsole Console { get; } = json
        ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) })
        : AnsiConsole.Console;

    /// <summary>True when live tables can be drawn.</summary>
    public bool IsLive => Console.Profile.Out.IsTerminal && Console.Profile.Capabilities.Ansi;

    /// <summary>One plain line, never wrapped or coloured.</summary>
    public void Line(string text) => Console.Profile.Out.Writer.WriteLine(text);

    /// <summary>A table without wrapping surprises when standard output is a pipe.</summary>
    public void Table(Table table)
    {
        if (!Console.Profile.Out.IsTerminal)
        {
            Console.Profile.Width = 200;
        }

        Console.Write(table);
    }

    /// <summary>The result: the document with <c>--json</c>, else what <paramref name="people"/> prints.</summary>
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
