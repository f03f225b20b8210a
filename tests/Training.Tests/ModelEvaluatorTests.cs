using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Tests;

public class ModelEvaluatorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Evaluate_BestCheckpoint_MeasuresItsWeightsOnAllSets()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(2) };
        var request = Tiny.Request(Tiny.Spec, time: clock);
        using var session = TrainingSession.Start(request);
        session.RunEpoch(null, Cancellation);
        using var best = session.Save();
        session.RunEpoch(null, Cancellation);

        var evaluation = ModelEvaluator.Evaluate(request, best, session.History, Cancellation);

        Assert.Equal(
            ("tiny", 7, 1, 2, 16, 50),
            (evaluation.Name, evaluation.Seed, evaluation.BestEpoch, evaluation.Epochs, evaluation.BatchSize, evaluation.TrainImages));
        Assert.Equal((4.0, 2.0), (evaluation.TrainSeconds, evaluation.TestSeconds));
        Assert.Equal(
            (session.History[0].ValidationAccuracy, session.History[0].ValidationLoss),
            (evaluation.Validation.Accuracy, evaluation.Validation.Loss));
        Assert.Equal((30, 5), (evaluation.TestScores.Count, evaluation.TestScores.Classes));
        Assert.Equal(request.Data.Test.Ids, evaluation.TestScores.Ids);
        var correct = Enumerable.Range(0, 30).Count(i => LargestOf(evaluation.TestScores.Row(i)) == request.Data.Test.Labels[i]);
        Assert.Equal(correct / 30.0, evaluation.Test.Accuracy);
        Assert.Equal("Glorot uniform", evaluation.Weights);
        Assert.True(evaluation.PeakMemoryBytes > 50_000_000);

        // Worked by hand: 16*9+16, BatchNorm 4*16, 16*16*9+16, 576*16+16, 4*16, 16*5+5; moving statistics 2 * (16+16).
        Assert.Equal(
            (160 + 64 + 2320 + 9232 + 64 + 85, 160 + 64 + 2320 + 9232 + 64 + 85 - 64),
            (evaluation.Parameters, evaluation.TrainableParameters));
    }

    [Fact]
    public void Evaluate_CheckpointOfAnotherSeed_IsRefused()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec, seed: 1));
        using var checkpoint = session.Save();

        Assert.Contains(
            "seed should be 2, found 1",
            Assert.Throws<InvalidInputException>(
                () => ModelEvaluator.Evaluate(Tiny.Request(Tiny.Spec, seed: 2), checkpoint, [], Cancellation)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_Cancelled_Stops()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));
        using var checkpoint = session.Save();

        Assert.Throws<OperationCanceledException>(
            () => ModelEvaluator.Evaluate(Tiny.Request(Tiny.Spec), checkpoint, [], new CancellationToken(canceled: true)));
    }

    [Fact]
    public void ReadWeights_AfterAnEpoch_GivesTheNetworksWeightsInTheirOrder()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));
        session.RunEpoch(null, Cancellation);
        using var checkpoint = session.Save();

        var weights = ModelEvaluator.ReadWeights(checkpoint);

        Assert.Equal(ModelPlan.Of(Tiny.Spec, ClassLabels.Five).Weights.Select(weight => weight.Name), weights.Keys);
        Assert.Equal([16, 1, 3, 3], weights["conv2d.weight"].Shape);
    }

    private static int LargestOf(ReadOnlySpan<float> logits) => logits.IndexOf(logits.ToArray().Max());
}
