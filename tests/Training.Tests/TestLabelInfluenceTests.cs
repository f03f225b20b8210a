using ServerlessFashion.Evaluation;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Tests;

/// <summary>
/// The test set may be measured and nothing else. The published files are pinned by their hashes, so the sets here are synthetic.
/// </summary>
public class TestLabelInfluenceTests
{
    private static ModelSpec StopsEarly =>
        Tiny.Spec with { Name = "tiny-patient", Phases = [new("all", 8, 1e-2, TrainableLayers.All) { Patience = 1 }] };

    /// <summary>Several recipes, so that there is a winner to choose.</summary>
    private static readonly ModelSpec[] Specs = [Tiny.Spec, Tiny.LatentOffsets, Tiny.Pruned, Tiny.Slim, StopsEarly];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private sealed record Trained(ModelEvaluation Evaluation, IReadOnlyDictionary<string, WeightTensor> Weights);

    [Fact]
    public void Training_TestSetPermuted_KeepsWeightsChosenEpochAndWinnerToTheBit()
    {
        var given = Specs.Select(spec => Train(spec, permuted: false)).ToArray();
        var permuted = Specs.Select(spec => Train(spec, permuted: true)).ToArray();

        Assert.All(given.Zip(permuted), pair =>
        {
            var (first, second) = pair;
            // The permutation has reached the measurement.
            Assert.NotEqual(first.Evaluation.Test.Loss, second.Evaluation.Test.Loss);
            Assert.Equal(first.Evaluation.BestEpoch, second.Evaluation.BestEpoch);
            Assert.Equal(
                first.Evaluation.History.Select(row => row with { Seconds = 0 }),
                second.Evaluation.History.Select(row => row with { Seconds = 0 }));
            Assert.Equal(first.Evaluation.ValidationScores.Logits, second.Evaluation.ValidationScores.Logits);
            Assert.Equal(first.Weights.Keys, second.Weights.Keys);
            Assert.All(first.Weights, weight => Assert.Equal(weight.Value.Values, second.Weights[weight.Key].Values));
        });
        Assert.Equal(
            ModelRanking.Winner([.. given.Select(trained => trained.Evaluation)]),
            ModelRanking.Winner([.. permuted.Select(trained => trained.Evaluation)]));
    }

    /// <summary>As the pipeline does it: epoch by epoch, the best one's checkpoint kept and evaluated.</summary>
    private static Trained Train(ModelSpec spec, bool permuted)
    {
        var request = Tiny.Request(spec);
        if (permuted)
        {
            // Every label moves to the image after it, and so does every garment.
            var test = request.Data.Test;
            var shifted = test with
            {
                Labels = [test.Labels[^1], .. test.Labels[..^1]],
                Garments = [test.Garments[^1], .. test.Garments[..^1]],
            };
            request = request with { Data = request.Data with { Test = shifted } };
        }

        using var session = TrainingSession.Start(request);
        using var best = new MemoryStream();
        while (!session.Finished)
        {
            session.RunEpoch(null, Cancellation);
            if (session.BestEpoch == session.Epoch)
            {
                best.SetLength(0);
                session.SaveCheckpoint(best);
            }
        }

        best.Position = 0;
        var evaluation = ModelEvaluator.Evaluate(request, best, session.History, Cancellation);
        best.Position = 0;
        return new Trained(evaluation, ModelEvaluator.ReadWeights(best));
    }
}
