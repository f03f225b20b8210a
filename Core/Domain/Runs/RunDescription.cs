namespace ServerlessFashion.Runs;

/// <summary>
/// The name, the tags and the notes of a run, with which people find and recognise it. They decide no number of the run, and can be
/// changed at any time.
/// </summary>
public sealed record RunDescription
{
    /// <summary>Most characters of a name.</summary>
    public const int LongestName = 100;

    /// <summary>Most characters of a tag.</summary>
    public const int LongestTag = 50;

    public const int MostTags = 20;

    /// <summary>Most characters of the notes.</summary>
    public const int LongestNotes = 4000;

    public static RunDescription None { get; } = new();

    /// <summary>One line; null for none. Names need not be unique.</summary>
    public string? Name { get; private init; }

    /// <summary>Different words without white space and commas, in the order in which they were added.</summary>
    public IReadOnlyList<string> Tags { get; private init; } = [];

    /// <summary>Free text of any number of lines; null for none.</summary>
    public string? Notes { get; private init; }

    /// <summary>Checks what a user wrote. White space around a text, empty texts and repeated tags are dropped.</summary>
    /// <exception cref="InvalidInputException">A text cannot be used; the message names the field.</exception>
    public static RunDescription Of(string? name, IEnumerable<string>? tags, string? notes) =>
        None.WithName(name).WithTags(tags ?? []).WithNotes(notes);

    /// <summary>A description that was checked before it was stored, perhaps by the rules of another version.</summary>
    public static RunDescription FromStorage(string? name, IReadOnlyList<string> tags, string? notes) =>
        new() { Name = name, Tags = tags, Notes = notes };

    /// <param name="name">Null or empty for none.</param>
    /// <inheritdoc cref="Of"/>
    public RunDescription WithName(string? name) => Text("name", name, LongestName, areLinesAllowed: false) is var text
        && text != RunIds.Latest
            ? this with { Name = text }
            : throw new InvalidInputException($"name: '{text}' names the newest run in commands and requests; choose another name.");

    /// <param name="notes">Null or empty for none.</param>
    /// <inheritdoc cref="Of"/>
    public RunDescription WithNotes(string? notes) => this with { Notes = Text("notes", notes, LongestNotes, areLinesAllowed: true) };

    /// <param name="tags">All tags of the run.</param>
    /// <inheritdoc cref="Of"/>
    public RunDescription WithTags(IEnumerable<string> tags)
    {
        string[] different = [.. tags.Select(Tag).Distinct(StringComparer.Ordinal)];
        return different.Length <= MostTags
            ? this with { Tags = different }
            : throw new InvalidInputException($"tags: a run has at most {MostTags} tags, found {different.Length}.");
    }

    private static string Tag(string text)
    {
        var tag = text.Trim();
        if (tag.Length is 0 or > LongestTag)
        {
            throw new InvalidInputException($"tags: a tag has 1 to {LongestTag} characters, found {tag.Length}.");
        }

        if (tag.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character == ','))
        {
            throw new InvalidInputException(
                $"tags: expected words without spaces, commas and control characters, such as night-run, found '{tag}'.");
        }

        return tag[0] is '+' or '-'
            ? throw new InvalidInputException($"tags: expected a tag that does not begin with + or -, found '{tag}'.")
            : tag;
    }

    private static string? Text(string field, string? text, int longest, bool areLinesAllowed)
    {
        var trimmed = text?.Trim().ReplaceLineEndings("\n");
        if (string.IsNullOrEmpty(trimmed))
        {
            return null;
        }

        if (trimmed.Length > longest)
        {
            throw new InvalidInputException($"{field}: expected at most {longest} characters, found {trimmed.Length}.");
        }

        return trimmed.Any(character => char.IsControl(character) && !(areLinesAllowed && character is ('\n' or '\t')))
            ? throw new InvalidInputException(
                $"{field}: expected {(areLinesAllowed ? "text" : "one line")} without control characters, found '{trimmed}'.")
            : trimmed;
    }
}
