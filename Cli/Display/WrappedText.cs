namespace ServerlessFashion.Cli.Display;

/// <summary>Breaks a text between its words.</summary>
internal static class WrappedText
{
    /// <summary>The lines, none longer than <paramref name="width"/> unless it is a single word.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
