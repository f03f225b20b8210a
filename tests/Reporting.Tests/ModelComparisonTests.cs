using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Reporting.Tests;

public sealed class ModelComparisonTests
{
    [Fact]
    public void PairOf_ModelsInTheOtherOrder_AreTurnedRound()
    {
        var pair = new PairTest("a", "b", 3, 1, .625) { Difference = .25, DifferenceInterval = new Interval(-.1, .4), HolmPValue = 1 };
        var comparison = new ModelComparison { Ranking = [], Pairs = [pair] };

        Assert.Equal(pair, comparison.PairOf("a", "b"));
        Assert.Equal(
            pair with
            {
                First = "b",
                Second = "a",
                OnlyFirstRight = 1,
                OnlySecondRight = 3,
                Difference = -.25,
                DifferenceInterval = new Interval(-.4, .1),
            },
            comparison.PairOf("b", "a"));
        Assert.Null(comparison.PairOf("a", "c"));
    }
}
