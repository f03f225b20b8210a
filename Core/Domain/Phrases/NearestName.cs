namespace ServerlessFashion.Phrases;

/// <summary>Finds the names that a user probably meant.</summary>
public static class NearestName
{
    /// <summary>More names than this are no help.</summary>
    private const int Most = 3;

    /// <summary>
    /// The names with the fewest typing errors between them and the text: added, lost, changed and swapped characters, upper and lower
    /// case alike. A name that the text begins counts as one error.
    /// </summary>
    /// <returns>
    /// Empty if no name is near, which means at most one error in three characters and at least one; also if too many are equally near.
    /// </returns>
    public static IReadOnlyList<string> Find(string text, IEnumerable<string> names)
    {
        var word = text.ToLowerInvariant();
        var most = word.Length > 1 ? Math.Max(1, word.Length / 3) : 0;
        var nearest = names.Distinct().Select(name => (Name: name, Errors: Errors(word, name.ToLowerInvariant())))
            .Where(found => found.Errors <= most)
            .GroupBy(found => found.Errors, found => found.Name)
            .MinBy(group => group.Key)?.ToList();
        return nearest is { Count: <= Most } ? nearest : [];
    }

    /// <summary>A question such as <c>did you mean quick?</c> or <c>did you mean model1 or model3?</c>; null if no name is near.</summary>
    public static string? Ask(string text, IEnumerable<string> names) => Find(text, names) switch
    {
        [] => null,
        [var only] => $"did you mean {only}?",
        var several => $"did you mean {string.Join(", ", several.SkipLast(1))} or {several[^1]}?",
    };

    private static int Errors(string text, string name) =>
        text.Length > 1 && text.Length < name.Length && name.StartsWith(text, StringComparison.Ordinal) ? 1 : Distance(text, name);

    /// <summary>The distance of Damerau and Levenshtein in which no part is changed twice (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            cost[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            cost[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = a[i - 1] == b[j - 1] ? 0 : 1;
                var least = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + changed);
                var isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                cost[i, j] = isSwap ? Math.Min(least, cost[i - 2, j - 2] + 1) : least;
            }
        }

        return cost[a.Length, b.Length];
    }
}
