using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class ModelSpecTests
{
    [Fact]
    public void IsPretrained_Models_OnlyThoseOnTheImageNetBase() => Assert.Equal(
        ["resnet50", "resnet50-finetuned"], ModelCatalogue.All.Where(spec => spec.IsPretrained).Select(spec => spec.Name));

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
