using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class WeightDeclarationTests
{
    /// <summary>The defaults of Keras's layers: Glorot kernels, zero biases, BatchNorm gamma and variance 1, beta and mean 0.</summary>
    [Theory]
    [InlineData(WeightRole.Kernel, WeightStart.GlorotUniform)]
    [InlineData(WeightRole.Bias, WeightStart.Zeros)]
    [InlineData(WeightRole.Scale, WeightStart.Ones)]
    [InlineData(WeightRole.Shift, WeightStart.Zeros)]
    [InlineData(WeightRole.MovingMean, WeightStart.Zeros)]
    [InlineData(WeightRole.MovingVariance, WeightStart.Ones)]
    public void Start_Role_IsKerassDefault(WeightRole role, WeightStart expected) =>
        Assert.Equal(expected, new WeightDeclaration("w", [1], role).Start);

    [Theory]
    [InlineData(WeightRole.Kernel, true)]
    [InlineData(WeightRole.Bias, true)]
    [InlineData(WeightRole.Scale, true)]
    [InlineData(WeightRole.Shift, true)]
    [InlineData(WeightRole.MovingMean, false)]
    [InlineData(WeightRole.MovingVariance, false)]
    [InlineData(WeightRole.Constant, false)]
    public void TakesGradient_Role_IsFalseForStatisticsAndConstants(WeightRole role, bool expected) =>
        Assert.Equal(expected, new WeightDeclaration("w", [1], role).TakesGradient);

    /// <summary>By hand: 64 * 32 * 3 * 3, more than an int for the second.</summary>
    [Fact]
    public void Count_Shape_IsTheProductOfItsSizes()
    {
        Assert.Equal(18_432, new WeightDeclaration("w", [64, 32, 3, 3], WeightRole.Kernel).Count);
        Assert.Equal(10_000_000_000, new WeightDeclaration("w", [100_000, 100_000], WeightRole.Kernel).Count);
    }
}
