using ServerlessFashion.Models;
using ServerlessFashion.Training.Sessions;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests.Sessions;

public class HeadTrainingTests
{
    private static readonly float[] Even = [.. Enumerable.Repeat(0f, 10)];

    /// <summary>Ten equal outputs give each garment the probability .1.</summary>
    [Fact]
    public void Losses_HeadThatLearnsTheGarments_AreTheirsAndNotTheLabels()
    {
        using var scope = NewDisposeScope();
        var batch = new TensorBatch(zeros(2, 1, 28, 28), zeros(2), tensor(new long[] { 0, 1 }), tensor(new long[] { 3, 9 }));

        var losses = HeadTraining.Of(new GarmentRuleHead()).Losses(tensor([.. Even, .. Even], [2, 10]), tensor(new[] { 1f, 2f }), batch);

        Assert.All(losses.data<float>().ToArray(), loss => Assert.Equal(Math.Log(10), loss, 1e-6));
    }

    [Fact]
    public void Losses_OtherHeads_AreThoseOfTheLabels()
    {
        using var scope = NewDisposeScope();
        var labelLosses = tensor(new[] { 1f, 2f });

        Assert.Same(labelLosses, HeadTraining.Of(new SoftmaxHead()).Losses(zeros(2, 5), labelLosses, default));
        Assert.Same(labelLosses, HeadTraining.Of(new LatentOffsetHead(4, 1)).Losses(zeros(2, 4), labelLosses, default));
    }
}
