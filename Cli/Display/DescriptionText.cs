using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Display;

/// <summary>Prints the name, the tags and the notes of a run.</summary>
internal static class DescriptionText
{
    /// <summary>One line for each of them that the run has; the notes take as many lines as they have.</summary>
    public static void Print(Output output, RunDescription run)
    {
        if (run.Name is { } name)
        {
            output.Line($"name: {name}");
        }

        if (run.Tags.Count > 0)
        {
            output.Line($"tags: {string.Join(' ', run.Tags)}");
        }

        if (run.Notes is { } notes)
        {
            output.Line($"notes: {notes.ReplaceLineEndings("\n       ")}");
        }
    }
}
