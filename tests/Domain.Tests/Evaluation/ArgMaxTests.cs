using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Domain.Tests.Evaluation;

public sealed class ArgMaxTests
{
    [Theory]
    [InlineData(new[] { 1f, 3f, 2f }, 1)]
    [InlineData(new[] { 3f, 1f, 3f }, 0)]
    [InlineData(new[] { 1f, 3f, 3f }, 1)]
    [InlineData(new[] { -0f, 0f }, 0)]
    [InlineData(new[] { -5f }, 0)]
    [InlineData(new[] { float.NegativeInfinity, float.MinValue }, 1)]
    [InlineData(new[] { 1f, float.PositiveInfinity, float.PositiveInfinity }, 1)]
    public void Of_Numbers_GivesTheFirstHighest(float[] values, int expected)
    {
        Assert.Equal(expected, ArgMax.Of<float>(values));
        Assert.Equal(expected, ArgMax.Of<double>([.. values]));
    }

    [Theory]
    [InlineData(new[] { float.NaN, 1f, 2f }, 2)]
    [InlineData(new[] { 1f, float.NaN, 2f }, 2)]
    [InlineData(new[] { 2f, 1f, float.NaN }, 0)]
    [InlineData(new[] { float.NaN, float.NaN, float.NegativeInfinity }, 2)]
    [InlineData(new[] { float.NaN, float.NaN }, 0)]
    public void Of_NaN_NeverWins(float[] values, int expected) => Assert.Equal(expected, ArgMax.Of<float>(values));
}
