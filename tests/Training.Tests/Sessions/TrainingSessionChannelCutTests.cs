using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Tests.Sessions;

/// <summary>A training that goes on with the best channels of a wide network.</summary>
public class TrainingSessionChannelCutTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>At a learning rate of zero, the weights after the cut are the wide network's, cut; only moving statistics go on.</summary>
    [Fact]
    public void RunEpoch_FirstAfterTheCut_GoesOnWithTheWideNetworksChannels()
    {
        var spec = Tiny.Slim with { Phases = [Tiny.Slim.Phases[0], Tiny.Slim.Phases[1] with { LearningRate = 0 }] };
        using var session = TrainingSession.Start(Tiny.Request(spec));
        session.RunEpoch(null, Cancellation);
        session.RunEpoch(null, Cancellation);
        var wide = session.ReadWeights();

        session.RunEpoch(null, Cancellation);

        var (widePlan, narrowPlan) = (spec.PlanOf(spec.Phases[0], ClassLabels.Five), spec.PlanOf(spec.Phases[1], ClassLabels.Five));
        var expected = ChannelPruning.Narrow(widePlan, narrowPlan, wide);
        var narrow = session.ReadWeights();
        Assert.Equal([32, 1, 3, 3], wide["conv2d.weight"].Shape);
        Assert.Equal([16, 1, 3, 3], narrow["conv2d.weight"].Shape);
        Assert.All(
            narrowPlan.Weights.Where(weight => weight.TakesGradient),
            weight => Assert.Equal(expected[weight.Name].Values, narrow[weight.Name].Values));
    }

    [Fact]
    public void BestEpoch_ChannelsCut_IsOneOfTheNarrowNetwork()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Slim));
        session.RunEpoch(null, Cancellation);
        Assert.Equal(1, session.BestEpoch);

        session.RunAll();

        Assert.InRange(session.BestEpoch, 3, 5);
        Assert.Equal(session.History.Skip(2).MaxBy(row => row.ValidationAccuracy)!.Epoch, session.BestEpoch);
    }

    [Fact]
    public void Start_WidePhaseOfAModelWithoutWideLayers_IsRefused()
    {
        var spec = Tiny.Slim with { WideLayers = null };

        Assert.Equal(
            "model tiny-slim: phase whole trains wide layers, and the model has none.",
            Assert.Throws<InvalidInputException>(() => TrainingSession.Start(Tiny.Request(spec))).Message);
    }
}
