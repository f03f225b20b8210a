using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class TrainingPhaseTests
{
    /// <summary>By hand: 1, 1 / 2.6, 1 / 2.6^2, ...; torchvision's names, from the output down.</summary>
    [Theory]
    [InlineData("classifier.weight", 1)]
    [InlineData("dense.bias", 1)]
    [InlineData("batch_normalization.weight", 1)]
    [InlineData("resnet50.layer4.2.conv3.weight", 0.38461538461538464)]
    [InlineData("resnet50.layer4.0.downsample.1.bias", 0.38461538461538464)]
    [InlineData("resnet50.layer3.5.bn2.weight", 0.14792899408284024)]
    [InlineData("resnet50.layer2.0.conv1.weight", 0.05689576695493855)]
    [InlineData("resnet50.layer1.1.bn3.bias", 0.021882987290360982)]
    [InlineData("resnet50.conv1.weight", 0.008416533573215762)]
    [InlineData("resnet50.bn1.bias", 0.008416533573215762)]
    public void RateFactorOf_Weight_FallsByTheFactorFromGroupToGroup(string weight, double expected)
    {
        var phase = new TrainingPhase("p", 1, 1, TrainableLayers.All) { GroupRateFactor = 1 / 2.6 };
        var declared = ModelPlan.Of(StudyModels.ResNet50, ClassLabels.Five).Weights.Single(declared => declared.Name == weight);

        Assert.Equal(expected, phase.RateFactorOf(declared), 1e-15);
        Assert.Equal(1, (phase with { GroupRateFactor = null }).RateFactorOf(declared));
    }

    /// <summary>Worked by hand: the best so far, the earliest of equals, and the epochs since.</summary>
    [Theory]
    [InlineData(null, new[] { .5, .4, .3, .2 }, false)]
    [InlineData(null, new[] { .5, .4, .3, .2, .1, .1 }, true)]
    [InlineData(2, new double[0], false)]
    [InlineData(2, new[] { .5 }, false)]
    [InlineData(2, new[] { .5, .4 }, false)]
    [InlineData(2, new[] { .5, .4, .5 }, true)]
    [InlineData(2, new[] { .5, .4, .6 }, false)]
    [InlineData(2, new[] { .5, .4, .6, .6 }, false)]
    [InlineData(2, new[] { .5, .4, .6, .6, .6 }, true)]
    [InlineData(1, new[] { .5, .5 }, true)]
    [InlineData(9, new[] { .1, .2, .3, .4, .5, .6 }, true)]
    public void EndsAfter_Accuracies_EndsAtTheLastEpochOrWithoutPatience(int? patience, double[] accuracies, bool expected) =>
        Assert.Equal(expected, (new TrainingPhase("p", 6, 1, TrainableLayers.All) { Patience = patience }).EndsAfter(accuracies));
}
