namespace ServerlessFashion.Reporting;

/// <summary>Statements as in the study: the labels with the highest precision, recall, F1 and support.</summary>
internal static class ClassStatements
{
    /// <summary>Returns four sentences. If several labels share the highest printed value, the sentence names all of them.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<ClassScore> scores, IReadOnlyList<string> names) => scores.Count == 0 ? [] :
    [
        Highest("precision", scores, names, score => Math.Round(score.Precision, 4), value => Wording.Number(value, "0.0000")),
        Highest("recall", scores, names, score => Math.Round(score.Recall, 4), value => Wording.Number(value, "0.0000")),
        Highest("F1", scores, names, score => Math.Round(score.F1, 4), value => Wording.Number(value, "0.0000")),
        Highest("support", scores, names, score => score.Support, value => $"{Wording.Count((long)value)} images"),
    ];

    private static string Highest(
        string measure, IReadOnlyList<ClassScore> scores, IReadOnlyList<string> names, Func<ClassScore, double> value,
        Func<double, string> text)
    {
        var highest = scores.Max(value);
        var holders = scores.Where(score => value(score) == highest).Select(score => names[score.Label]).ToArray();
        return $"{Wording.List(holders)} {(holders.Length == 1 ? "has" : "share")} the highest {measure} ({text(highest)}).";
    }
}
