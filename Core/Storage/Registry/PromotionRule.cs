using System.Globalization;
using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Storage.Registry;

/// <summary>The decision of the rule, and its reason in words.</summary>
/// <param name="PValue">Exact two-sided p value; null if no test was possible.</param>
public sealed record PromotionDecision(bool Promote, string Reason, double? PValue);

/// <summary>
/// A challenger replaces the champion automatically only if two conditions hold on the test images that both have labelled: it
/// labels more images correctly, and McNemar's exact test gives a p value below <see cref="Level"/>.
/// </summary>
public static class PromotionRule
{
    public const double Level = .05;

    /// <param name="champion">Test scores of the champion.</param>
    /// <param name="challenger">Test scores of the challenger, under the same labels and split.</param>
    public static PromotionDecision Decide(ScoredSet champion, ScoredSet challenger)
    {
        var championRight = RightById(champion);
        var challengerRight = RightById(challenger);
        var common = championRight.Keys.Where(challengerRight.ContainsKey).ToList();
        if (common.Count == 0)
        {
            return new PromotionDecision(false, "the champion was measured on other test images", null);
        }

        var onlyChallenger = common.Count(id => challengerRight[id] && !championRight[id]);
        var onlyChampion = common.Count(id => championRight[id] && !challengerRight[id]);
        var p = PairedTests.McNemarExact(onlyChallenger, onlyChampion);
        var promote = onlyChallenger > onlyChampion && p < Level;
        var significance = p < .0001 ? "p < 0.0001" : string.Create(CultureInfo.InvariantCulture, $"p = {p:0.####}");
        return new PromotionDecision(promote, string.Create(CultureInfo.InvariantCulture,
            $"on {common.Count} common test images {onlyChallenger} only by the challenger and {onlyChampion} only by the champion, "
            + $"McNemar {significance}, promoted when below {Level} and ahead"), p);
    }

    private static Dictionary<int, bool> RightById(ScoredSet scores)
    {
        var labels = ClassProbabilities.Labels(scores);
        return Enumerable.Range(0, scores.Count).ToDictionary(i => scores.Ids[i], i => labels[i] == scores.Labels[i]);
    }
}
