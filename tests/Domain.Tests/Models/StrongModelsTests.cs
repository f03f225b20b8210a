using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class StrongModelsTests
{
    /// <summary>By hand: 28 -> 14 (stride 2), 14 -> 7 (pooling), averaged over 7 x 7.</summary>
    [Fact]
    public void Strong_Maps_AreHalvedTwiceAndAveraged()
    {
        var shapes = ModelPlan.Of(StrongModels.Strong, ClassLabels.Five).Layers.Select(layer => layer.Output.ToString()).Distinct();

        Assert.Equal(
            ["(None, 14, 14, 64)", "(None, 7, 7, 64)", "(None, 7, 7, 128)", "(None, 128)", "(None, 10)", "(None, 5)"], shapes);
    }

    /// <summary>A recipe that changed labels would teach the strong model wrong ones; its heads must allow its augmentation.</summary>
    [Fact]
    public void All_Augmentations_ArePermittedByTheirHeads() => Assert.All(StrongModels.All, spec => Assert.All(
        spec.Phases, phase => LabelPreservation.Require(phase.Augmentation!, spec.Head, ClassLabels.Five, spec.Name)));

    [Fact]
    public void All_Heads_OnlyTheGarmentsAreSideInformation() =>
        Assert.Equal([false, true], StrongModels.All.Select(spec => spec.Head.UsesSideInformation));
}
