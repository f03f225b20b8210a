using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class ModelSpecTests
{
    [Fact]
    public void ImageNet_Models_IsTheFileOfTheirBase() => Assert.Equal(
        [
            ("resnet50", "resnet50-0676ba61.pth"), ("resnet50-finetuned", "resnet50-0676ba61.pth"),
            ("resnet18", "ResNet18.onnx"), ("resnet18-finetuned", "ResNet18.onnx"),
        ],
        ModelCatalogue.All.Where(spec => spec.ImageNet is not null).Select(spec => (spec.Name, spec.ImageNet!.Name)));

    /// <summary>
    /// The study prints 3,383,589 parameters for Model 4; the slim count is worked by hand in <see cref="ModelPlanTests"/>.
    /// </summary>
    [Fact]
    public void PlanOf_WideAndNarrowPhase_HasTheLayersOfEach()
    {
        var phases = PrunedModels.Model4Slim.Phases;

        Assert.Equal(3_383_589, PrunedModels.Model4Slim.PlanOf(phases[0], ClassLabels.Five).Parameters);
        Assert.Equal(847_253, PrunedModels.Model4Slim.PlanOf(phases[1], ClassLabels.Five).Parameters);
    }

    [Fact]
    public void PlanOf_WidePhaseWithoutWideLayers_IsRefused()
    {
        var phase = StudyModels.Model1.Phases[0] with { Wide = true };

        Assert.Equal(
            "model model1: phase all trains wide layers, and the model has none.",
            Assert.Throws<InvalidInputException>(() => StudyModels.Model1.PlanOf(phase, ClassLabels.Five)).Message);
    }
}
