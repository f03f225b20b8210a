using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Phases;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests.Phases;

public class FreezeTests
{
    [Fact]
    public void Open_AllLayers_LeavesOnlyMovingStatisticsWithoutGradients()
    {
        var frozen = Open(Tiny.Spec, TrainableLayers.All).Where(weight => !weight.TakesGradient).Select(weight => weight.Name);

        Assert.Equal(
            [
                "batch_normalization.running_mean", "batch_normalization.running_var",
                "batch_normalization_1.running_mean", "batch_normalization_1.running_var",
            ],
            frozen);
    }

    [Fact]
    public void Open_HeadOfResNet50_LeavesTheBaseWithoutGradients()
    {
        var trained = Open(Tiny.ResNet, TrainableLayers.Head).Where(weight => weight.TakesGradient).Select(weight => weight.Name);

        Assert.Equal(
            [
                "dense.weight", "dense.bias", "batch_normalization.weight", "batch_normalization.bias",
                "classifier.weight", "classifier.bias",
            ],
            trained);
    }

    /// <summary>The first phase of a training may train more than its second one.</summary>
    [Fact]
    public void Open_FewerLayersThanBefore_TakesTheirGradientsAway()
    {
        var plan = ModelPlan.Of(Tiny.ResNet, ClassLabels.Five);
        using var model = Model(plan);
        Open(model, TrainableLayers.All);

        Open(model, TrainableLayers.Head);

        Assert.False(model.Network.Weight("resnet50.conv1.weight").requires_grad);
        Assert.True(model.Network.Weight("dense.weight").requires_grad);
    }

    private static List<(string Name, bool TakesGradient)> Open(ModelSpec spec, TrainableLayers trainable)
    {
        var plan = ModelPlan.Of(spec, ClassLabels.Five);
        using var model = Model(plan);
        Open(model, trainable);
        return [.. plan.Weights.Select(weight => (weight.Name, model.Network.Weight(weight.Name).requires_grad))];
    }

    private static void Open(TrainedNetwork model, TrainableLayers trainable)
    {
        using var callback = new Freeze(trainable);
        callback.Open(model);
    }

    private static TrainedNetwork Model(ModelPlan plan) => new(
        plan, Network.Create(plan, LinearTraining.Zeros(plan), "test", CPU), made => new DropoutMasks(made, 1, seed: 1, CPU));
}
