using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Domain.Tests.Evaluation;

public class LogitScoreTests
{
    /// <summary>
    /// Numbers from /usr/bin/python3: torch.nn.functional.cross_entropy(torch.tensor([[1,2,3],[0.5,-1,0.25],[1000,0,-1000]],
    /// dtype=torch.float64), torch.tensor([2,2,1])) = 333.7839060502821; two of the three largest logits are elsewhere.
    /// </summary>
    [Fact]
    public void Of_ThreeRows_GivesTheMeanCrossEntropyAndAccuracy()
    {
        var score = LogitScore.Of([1, 2, 3, .5f, -1, .25f, 1000, 0, -1000], [2, 2, 1]);

        Assert.Equal(CrossEntropy, score.Loss, 1e-9);
        Assert.Equal(1 / 3.0, score.Accuracy, 1e-12);
    }

    private const double CrossEntropy = 333.7839060502821;

    [Fact]
    public void Of_EqualLogits_TakesTheFirstAndLosesLogOfTheClasses()
    {
        var score = LogitScore.Of([7, 7, 7, 7, 7], [0]);

        Assert.Equal(1, score.Accuracy);
        Assert.Equal(Math.Log(5), score.Loss, 1e-12);
    }
}
