using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Domain.Tests.Evaluation;

public sealed class ClassProbabilitiesTests
{
    [Fact]
    public void Softmax_LogarithmsOfOneTwoFive_AreEighths()
    {
        var probabilities = ClassProbabilities.Softmax(new ScoredSet([0], [0], [0, MathF.Log(2), MathF.Log(5)]));

        Assert.Equal([0.125, 0.25, 0.625], probabilities.Select(p => Math.Round(p, 6)));
    }

    [Fact]
    public void Softmax_TemperatureTwo_TakesSquareRoots()
    {
        // exp(log(4) / 2) = 2: one third and two thirds
        var probabilities = ClassProbabilities.Softmax(new ScoredSet([0], [0], [0, MathF.Log(4)]), temperature: 2);

        Assert.Equal([1 / 3.0, 2 / 3.0], probabilities, (a, b) => Math.Abs(a - b) < 1e-7);
    }

    [Fact]
    public void Softmax_HugeLogits_DoesNotOverflow() =>
        Assert.Equal([1, 0], ClassProbabilities.Softmax(new ScoredSet([0], [0], [3e38f, -3e38f])));

    [Fact]
    public void Labels_EqualLogits_TakeTheLowestLabel() =>
        Assert.Equal([1], ClassProbabilities.Labels(new ScoredSet([0], [0], [0, 2, 2])));

    [Fact]
    public void Labels_LogitsThatAreNoNumbers_NeverWin() =>
        Assert.Equal(
            [2, 0], ClassProbabilities.Labels(new ScoredSet([0, 1], [0, 0], [float.NaN, -2, -1, float.NaN, float.NaN, float.NaN])));

    [Fact]
    public void Softmax_RowWithoutNumbers_IsNotANumber() =>
        Assert.All(ClassProbabilities.Softmax(new ScoredSet([0], [0], [float.NaN, 1])), p => Assert.True(double.IsNaN(p)));
}
