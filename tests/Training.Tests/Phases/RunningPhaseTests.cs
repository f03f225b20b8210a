using ServerlessFashion.Models;
using ServerlessFashion.Training.Phases;

namespace ServerlessFashion.Training.Tests.Phases;

public class RunningPhaseTests
{
    private static readonly TrainingPhase Phase =
        LinearTraining.PhaseOf(learningRate: 1e-3) with { DataPruning = new DataPruning(.5, WholeEpochs: 1) };

    [Fact]
    public void Begin_FreshPhase_HasAFreshOptimizerWithTheLearningRateOfThePhase()
    {
        using var training = new LinearTraining([0, 1], Phase);

        Assert.Equal((0, 1e-3, 0L), (training.Phase.Index, training.Phase.Optimizer.LearningRate, training.Phase.Optimizer.Steps));
        Assert.All(training.Phase.State().SkipLast(1), tensor => Assert.All(tensor.Values(), value => Assert.Equal(0, value)));
    }

    [Fact]
    public void State_PhaseWithACallbackThatKeepsLosses_HoldsMomentsAndLosses()
    {
        using var training = new LinearTraining([0, 1], Phase);

        Assert.Equal(
            [
                "adam.m.classifier.weight 5x784", "adam.v.classifier.weight 5x784",
                "adam.m.classifier.bias 5", "adam.v.classifier.bias 5", "losses 2",
            ],
            training.Phase.State().Select(tensor => $"{tensor.Name} {string.Join('x', tensor.Shape)}"));
    }

    /// <summary>Every stored tensor has a value of its own, so a value in the wrong place shows.</summary>
    [Fact]
    public void Resume_StoredState_IsTheStateAgain()
    {
        using var training = new LinearTraining([0, 1], Phase);
        var stored = training.Phase.State().Index().ToDictionary(tensor => tensor.Item.Name, tensor => tensor.Index + 1f);

        using var resumed = RunningPhase.Resume(
            training.Request, 0, training.Model, training.Images, steps: 17, (name, shape) => Filled(shape, stored[name]));

        Assert.Equal(17, resumed.Optimizer.Steps);
        Assert.Equal(5, stored.Count);
        Assert.All(resumed.State(), tensor => Assert.All(tensor.Values(), value => Assert.Equal(stored[tensor.Name], value)));
    }

    private static WeightTensor Filled(long[] shape, float value) =>
        new(shape, [.. Enumerable.Repeat(value, (int)shape.Aggregate(1L, (product, size) => product * size))]);
}
