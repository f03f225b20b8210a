using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class TrainableWeightsTests
{
    private static readonly ModelPlan ResNet = ModelPlan.Of(StudyModels.ResNet50, ClassLabels.Five);

    /// <summary>
    /// By hand: 53 BatchNorms with scale and shift (106), and the head's two Dense and one BatchNorm (6); 53,120 + 524,544 + 512 +
    /// 1285 parameters.
    /// </summary>
    [Fact]
    public void Of_HeadAndBatchNorms_LeavesOutEveryKernelOfTheBase()
    {
        var weights = TrainableWeights.Of(ResNet, TrainableLayers.HeadAndBatchNorms);

        Assert.Equal(106 + 6, weights.Count);
        Assert.Equal(53_120 + 524_544 + 512 + 1285, weights.Sum(weight => weight.Count));
        Assert.DoesNotContain(
            weights, weight => weight.Name.StartsWith("resnet50.", StringComparison.Ordinal) && weight.Role == WeightRole.Kernel);
    }

    /// <summary>By hand: each of the two blocks adds 2048*512 + 9*512*512 + 512*2048 kernel values.</summary>
    [Fact]
    public void Of_HeadAndLastTwoBlocks_AddsTheirSixKernels()
    {
        var head = TrainableWeights.Of(ResNet, TrainableLayers.HeadAndBatchNorms);
        var added = TrainableWeights.Of(ResNet, TrainableLayers.HeadAndLastTwoBlocks).Except(head).ToArray();

        Assert.Equal(
            ["layer4.1.conv1", "layer4.1.conv2", "layer4.1.conv3", "layer4.2.conv1", "layer4.2.conv2", "layer4.2.conv3"],
            added.Select(weight => weight.Name["resnet50.".Length..^".weight".Length]));
        Assert.Equal(2 * ((2048 * 512) + (9 * 512 * 512) + (512 * 2048)), added.Sum(weight => weight.Count));
    }

    [Fact]
    public void Count_PhasesThatShareWeights_CountsEachOnce()
    {
        var phases = StudyModels.ResNet50.Phases;

        Assert.Equal(TrainableWeights.Of(ResNet, TrainableLayers.HeadAndLastTwoBlocks).Sum(weight => weight.Count),
            TrainableWeights.Count(ResNet, phases));
    }

    /// <summary>
    /// By hand: the head 524,544 + 512 + 1285; torchvision's layer4 has 14,964,736 parameters, layer3 7,098,368
    /// (<c>sum(p.numel() for p in torchvision.models.resnet50().layer4.parameters())</c>).
    /// </summary>
    [Theory]
    [InlineData(TrainableLayers.Head, 526_341)]
    [InlineData(TrainableLayers.HeadAndLastStage, 526_341 + 14_964_736)]
    [InlineData(TrainableLayers.HeadAndLastTwoStages, 526_341 + 14_964_736 + 7_098_368)]
    [InlineData(TrainableLayers.All, 526_341 + 23_508_032)]
    public void Of_GradualUnfreezing_AddsStageByStage(TrainableLayers trainable, long parameters) =>
        Assert.Equal(parameters, TrainableWeights.Of(ResNet, trainable).Sum(weight => weight.Count));

    [Fact]
    public void Of_All_IsEverythingButMovingStatistics()
    {
        var plan = ModelPlan.Of(StudyModels.Model4, ClassLabels.Five);

        Assert.Equal(3_381_797, TrainableWeights.Of(plan, TrainableLayers.All).Sum(weight => weight.Count));
    }
}
