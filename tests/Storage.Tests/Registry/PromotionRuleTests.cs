using ServerlessFashion.Evaluation;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Storage.Tests.Registry;

public class PromotionRuleTests
{
    /// <summary>Two classes, all of label 0: a model is right where its entry is true.</summary>
    private static ScoredSet Scores(int[] ids, bool[] right) => new(
        ids, new byte[ids.Length], [.. right.SelectMany(hit => hit ? new[] { 1f, 0f } : [0f, 1f])]);

    private static ScoredSet Scores(int count, Func<int, bool> right) =>
        Scores([.. Enumerable.Range(0, count)], [.. Enumerable.Range(0, count).Select(right)]);

    /// <summary>p from <c>scipy.stats.binomtest(5, 20).pvalue</c> = 0.04138946533203125.</summary>
    [Fact]
    public void Decide_AheadAndSignificant_Promotes()
    {
        var decision = PromotionRule.Decide(Scores(100, i => i < 5 || i >= 20), Scores(100, i => i >= 5));

        Assert.True(decision.Promote);
        Assert.Equal(0.04138946533203125, decision.PValue!.Value, 12);
    }

    /// <summary>p from <c>scipy.stats.binomtest(6, 20).pvalue</c> = 0.11531829833984375.</summary>
    [Fact]
    public void Decide_AheadByChance_DoesNot()
    {
        var decision = PromotionRule.Decide(Scores(100, i => i < 6 || i >= 20), Scores(100, i => i >= 6));

        Assert.False(decision.Promote);
        Assert.Equal(0.11531829833984375, decision.PValue!.Value, 12);
    }

    [Fact]
    public void Decide_SignificantlyWorse_DoesNot() =>
        Assert.False(PromotionRule.Decide(Scores(100, i => i >= 5), Scores(100, i => i < 5 || i >= 20)).Promote);

    [Fact]
    public void Decide_OtherImages_IsNotTested()
    {
        var decision = PromotionRule.Decide(Scores([1, 2], [true, false]), Scores([3, 4], [true, true]));

        Assert.False(decision.Promote);
        Assert.Null(decision.PValue);
    }
}
