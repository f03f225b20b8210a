namespace ServerlessFashion.Phrases;

/// <summary>Refuses a name that does not exist, with the nearest one that does and the whole list.</summary>
public static class UnknownName
{
    /// <summary>
    /// A message such as <c>preset: 'quik' is not a preset; did you mean quick? The presets are smoke, quick, report, best.</c>
    /// </summary>
    /// <param name="setting">The option or field that has the name.</param>
    /// <param name="kind">What the names are, in the singular; only its first word has a plural.</param>
    public static InvalidInputException Refuse(string setting, string text, string kind, IReadOnlyCollection<string> names)
    {
        var words = kind.Split(' ', 2);
        var list = $"he {string.Join(' ', [words[0] + "s", .. words[1..]])} are {string.Join(", ", names)}.";
        return new InvalidInputException(NearestName.Ask(text, names) is { } question
            ? $"{setting}: '{text}' is not a {kind}; {question} T{list}"
            : $"{setting}: '{text}' is not a {kind}; t{list}");
    }
}
