using ServerlessFashion.Models;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Tests;

public class KernelMasksTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
            HashSet<(string, int)> zeros =
            [
                .. kernels.SelectMany(
                    kernel => kernel.Value.Values.Index().Where(value => value.Item == 0).Select(value => (kernel.Key, value.Index))),
            ];

            Assert.Equal((int)(sparsity * kernels.Sum(kernel => kernel.Value.Values.Length)), zeros.Count);
            Assert.Subset(zeros, pruned);
            pruned = zeros;
        }

        Assert.InRange(session.BestEpoch, 3, 5);
        Assert.Equal(session.History.Skip(2).MaxBy(row => row.ValidationAccuracy)!.Epoch, session.BestEpoch);
    }
}
