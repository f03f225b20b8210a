using ServerlessFashion.Data;

namespace ServerlessFashion.Reporting;

/// <summary>Statements as in the study: the labels with the highest precision, recall, F1 and support.</summary>
internal static class ClassStatements
{
    /// <summary>
    /// Returns up to four sentences. If several labels share the highest printed value, the sentence names all of them. Undefined
    /// scores do not count.
    /// </summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<ClassScore> scores, ClassLabels labels) => scores.Count == 0 ? [] :
    [
        .. Highest("precision", scores.Where(score => score.HasPrecision), labels, score => Math.Round(score.Precision, 4), Wording.Share),
        .. Highest("recall", scores.Where(score => score.HasRecall), labels, score => Math.Round(score.Recall, 4), Wording.Share),
        .. Highest("F1", scores.Where(score => score.HasF1), labels, score => Math.Round(score.F1, 4), Wording.Share),
        .. Highest("support", scores, labels, score => score.Support, value => Wording.Images((long)value)),
    ];

    private static IEnumerable<string> Highest(
        string measure, IEnumerable<ClassScore> scores, ClassLabels labels, Func<ClassScore, double> value,
        Func<double, string> text)
    {
        var holders = scores.GroupBy(value).MaxBy(scores => scores.Key);
        if (holders is not null)
        {
            yield return $"{Wording.Classes(labels, holders.Select(score => score.Label))} {(holders.Count() == 1 ? "has" : "share")} "
                + $"the highest {measure} ({text(holders.Key)}).";
        }
    }
}
