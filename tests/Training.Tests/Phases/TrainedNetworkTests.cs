using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Phases;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests.Phases;

public class TrainedNetworkTests
{
    [Fact]
    public void Replace_AnotherNetwork_DisposesOfTheOldOneAndMakesNewMasks()
    {
        var (wide, narrow) = (PlanOf(units: 3), PlanOf(units: 2));
        var plans = new List<ModelPlan>();
        using var model = new TrainedNetwork(wide, Create(wide), plan =>
        {
            plans.Add(plan);
            return new DropoutMasks(plan, 1, seed: 1, CPU);
        });
        var kernel = model.Network.Weight("dense.weight");

        model.Replace(narrow, Create(narrow));

        Assert.True(kernel.IsInvalid);
        Assert.Same(narrow, model.Plan);
        Assert.Equal([2, 784], model.Network.Weight("dense.weight").shape);
        Assert.Equal([wide, narrow], plans);
    }

    private static ModelPlan PlanOf(int units) =>
        ModelPlan.Of(Tiny.Spec with { Layers = [new Flatten(), new Dense(units)] }, ClassLabels.Five);

    private static Network Create(ModelPlan plan) => Network.Create(plan, LinearTraining.Zeros(plan), "test", CPU);
}
