using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ServerlessFashion.Tests;

/// <summary>A filter of a query of <see cref="MemoryRows"/>: comparisons of texts, joined by <c>and</c>.</summary>
internal sealed partial class MemoryFilter
{
    private readonly List<(string Column, string Operator, string Value)> _conditions;

    private MemoryFilter(List<(string Column, string Operator, string Value)> conditions) => _conditions = conditions;

    /// <param name="query">The query of a URL.</param>
    public static MemoryFilter Parse(string query)
    {
        var filter = query.TrimStart('?').Split('&').Select(Uri.UnescapeDataString)
            .SingleOrDefault(part => part.StartsWith("$filter=", StringComparison.Ordinal))?["$filter=".Length..];
        return new MemoryFilter([.. (filter?.Split(" and ") ?? []).Select(ParseCondition)]);
    }

    public bool Matches(JsonObject row) => _conditions.All(condition =>
    {
        if (row[condition.Column]?.ToString() is not { } found)
        {
            return false;
        }

        var order = string.CompareOrdinal(found, condition.Value);
        return condition.Operator switch
        {
            "eq" => order == 0,
            "ge" => order >= 0,
            "gt" => order > 0,
            "le" => order <= 0,
            _ => order < 0,
        };
    });

    private static (string Column, string Operator, string Value) ParseCondition(string text)
    {
        var match = Condition().Match(text.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal));
        return match.Success
            ? (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value.Replace("''", "'", StringComparison.Ordinal))
            : throw new NotSupportedException($"Filter {text}");
    }

    [GeneratedRegex(@"^(\w+) (eq|ge|gt|le|lt) '(.*)'\z")]
    private static partial Regex Condition();
}
