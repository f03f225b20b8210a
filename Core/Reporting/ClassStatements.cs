namespace ServerlessFashion.Reporting;

/// <summary>The study's statements on which label has the highest precision, recall, F1 and support.</summary>
public static class ClassStatements
{
    /// <summary>Four sentences; labels that share the highest value (as printed) are all named.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<ClassScore> scores, IReadOnlyList<string> names) => scores.Count == 0 ? [] :
    [
        Highest("precision", scores, names, score => Math.Round(score.Precision, 4), value => Wording.Number(value, "0.0000")),
        Highest("recall", scores, names, score => Math.Round(score.Recall, 4), value => Wording.Number(value, "0.0000")),
        Highest("F1", scores, names, score => Math.Round(score.F1, 4), value => Wording.Number(value, "0.0000")),
        Highest("support", scores, names, score => score.Support, value => $"{Wording.Count((long)value)} images"),
    ];

    private static string Highest(
        string measure, IReadOnlyList<ClassScore> scores, IReadOnlyList<string> names, Func<ClassScore, double> value, Func<double, string> text)
    {
        var highest = scores.Max(value);
        var holders = scores.Where(score => value(score) == highest).Select(score => names[score.Label]).ToArray();
        return $"{Wording.List(holders)} {(holders.Length == 1 ? "has" : "share")} the highest {measure} ({text(highest)}).";
    }
}
