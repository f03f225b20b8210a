using ServerlessFashion.Models;

namespace ServerlessFashion.Training.Tests;

public class KernelMasksTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

    /// <summary>Zeros are counted in what the session saves, in weights of two or more dimensions.</summary>
    [Fact]
    public void RunEpoch_Pruned_HoldsTheMasksAndChoosesAmongTheFinalSparsity()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Pruned));
        // Dense; then 0.9 (1 - (1/2)^3) = 0.7875 and 0.9; then 0.9 to the end.
        double[] expected = [0, .7875, .9, .9, .9];
        HashSet<(string, int)> pruned = [];
        foreach (var sparsity in expected)
        {
            session.RunEpoch(null, Cancellation);
            using var checkpoint = new MemoryStream();
            session.SaveCheckpoint(checkpoint);
            checkpoint.Position = 0;
            var weights = ModelEvaluator.ReadWeights(checkpoint);
            var kernels = weights.Where(weight => weight.Value.Shape.Length > 1).ToArray();
            HashSet<(string, int)> zeros = [.. kernels.SelectMany(kernel => kernel.Value.Values.Index().Where(value => value.Item == 0).Select(value => (kernel.Key, value.Index)))];

            Assert.Equal((int)(sparsity * kernels.Sum(kernel => kernel.Value.Values.Length)), zeros.Count);
            Assert.Subset(zeros, pruned);
            pruned = zeros;
        }

        Assert.InRange(session.BestEpoch, 3, 5);
        Assert.Equal(session.History.Skip(2).MaxBy(row => row.ValidationAccuracy)!.Epoch, session.BestEpoch);
    }
}
