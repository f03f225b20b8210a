using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class PruningTests
{
    /// <summary>By hand: of .1 .4 .2 .3 .5 .05 the three smallest are .05, .1 and .2.</summary>
    [Fact]
    public void ToSparsity_Half_TakesTheSmallestOfAllKernelsTogether()
    {
        float[][] kernels = [[.1f, -.4f, .2f], [-.3f, .5f, -.05f]];

        Pruning.ToSparsity(kernels, .5);

        Assert.Equal([0, -.4f, 0], kernels[0]);
        Assert.Equal([-.3f, .5f, 0], kernels[1]);
    }

    [Fact]
    public void ToSparsity_EqualMagnitudes_TakesTheFirst()
    {
        float[][] kernels = [[1, -1], [1, -1]];

        Pruning.ToSparsity(kernels, .75);

        Assert.Equal([0, 0], kernels[0]);
        Assert.Equal([0, -1], kernels[1]);
    }

    /// <summary>By hand: .9 (1 - .5^3) = .9 x .875 = .7875.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(.5, .7875)]
    [InlineData(1, .9)]
    public void SparsityAt_FromNothingToNineTenths_IsCubic(double t, double expected)
    {
        Assert.Equal(expected, new Pruning(0, .9).SparsityAt(t), 12);
    }

    /// <summary>By hand: epoch 1 of 3 stands at t = 1/3, and .9 (1 - (2/3)^3) = .9 x 19/27.</summary>
    [Fact]
    public void SparsityOf_FirstOfThreeEpochs_StandsAtAThird() =>
        Assert.Equal(.9 * 19 / 27, new Pruning(0, .9).SparsityOf(1, 3), 12);
}
