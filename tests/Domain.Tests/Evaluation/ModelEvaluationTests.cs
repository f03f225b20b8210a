using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Domain.Tests.Evaluation;

public class ModelEvaluationTests
{
    private static readonly ScoredSet Set = new([4, 9], [1, 0], [1, 2, 3, 4, 5, 6]);

    [Fact]
    public void Row_OfTheSecondImage_IsTheSecondHalfOfTheLogits()
    {
        Assert.Equal((2, 3), (Set.Count, Set.Classes));
        Assert.Equal([4f, 5f, 6f], Set.Row(1).ToArray());
    }

    [Fact]
    public void Classes_NoImages_IsZero() => Assert.Equal(0, new ScoredSet([], [], []).Classes);
}
