using System.Text;
using System.Text.Json;

namespace ServerlessFashion.Containers.Tests.Files;

/// <summary>One instruction of a Dockerfile, with its continued lines joined.</summary>
/// <param name="Keyword">In upper case, e.g. <c>COPY</c>.</param>
/// <param name="Flags">E.g. <c>--from=build</c>.</param>
/// <param name="Text">Everything behind the flags.</param>
/// <param name="Line">The line in which it starts, from 1.</param>
internal sealed record Instruction(string Keyword, IReadOnlyList<string> Flags, string Text, int Line)
{
    /// <summary>The entries of the JSON form, else the words of the text, without the quotation marks that hold a word together.</summary>
    public IReadOnlyList<string> Words { get; } =
        Text.StartsWith("[\"", StringComparison.Ordinal) ? JsonSerializer.Deserialize<string[]>(Text)! : Split(Text);

    /// <summary>The pairs of <c>ENV</c>, <c>ARG</c> and <c>LABEL</c>. An <c>ARG</c> without a value has an empty one.</summary>
    public IEnumerable<KeyValuePair<string, string>> Pairs =>
        Words.Select(word => word.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair.ElementAtOrDefault(1) ?? ""));

    /// <summary>The value of a flag, e.g. <c>build</c> of <c>--from=build</c>, or null.</summary>
    public string? Flag(string name) =>
        Flags.Select(flag => flag.Split('=', 2)).FirstOrDefault(pair => pair[0] == "--" + name)?.ElementAtOrDefault(1);

    public override string ToString() => $"line {Line}: {Keyword} {string.Join(' ', [.. Flags, Text])}";

    public static Instruction Parse(string text, int line)
    {
        var (keyword, rest) = FirstWord(text);
        var flags = new List<string>();
        while (rest.StartsWith("--", StringComparison.Ordinal))
        {
            (var flag, rest) = FirstWord(rest);
            flags.Add(flag);
        }

        return new Instruction(keyword.ToUpperInvariant(), flags, rest, line);
    }

    private static (string Word, string After) FirstWord(string text)
    {
        var end = text.IndexOfAny([' ', '\t']);
        return end < 0 ? (text, "") : (text[..end], text[end..].TrimStart());
    }

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char? quote = null;
        foreach (var character in text + ' ')
        {
            if (character == quote || (quote is null && character is '"' or '\''))
            {
                quote = quote is null ? character : null;
            }
            else if (quote is null && char.IsWhiteSpace(character))
            {
                if (word.Length > 0)
                {
                    words.Add(word.ToString());
                    word.Clear();
                }
            }
            else
            {
                word.Append(character);
            }
        }

        return words;
    }
}
