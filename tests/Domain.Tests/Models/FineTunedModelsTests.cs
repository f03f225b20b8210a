using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class FineTunedModelsTests
{
    /// <summary>Howard and Ruder 2018: from the last layer down, one group more in each phase, each group 2.6 times slower.</summary>
    [Fact]
    public void ResNet50_Phases_ThawTheNetworkFromTheOutputDown()
    {
        var phases = FineTunedModels.ResNet50.Phases;

        Assert.Equal(
            [
                TrainableLayers.Head, TrainableLayers.HeadAndLastStage, TrainableLayers.HeadAndLastTwoStages, TrainableLayers.All,
            ],
            phases.Select(phase => phase.Trainable));
        Assert.Equal(
            [null, 2.6, 2.6, 2.6], phases.Select(phase => phase.GroupRateFactor is { } factor ? Math.Round(1 / factor, 9) : (double?)null));
    }

    /// <summary>Only the last phase may end early, or a later group would never thaw.</summary>
    [Fact]
    public void ResNet50_Patience_BelongsToTheLastPhase() =>
        Assert.Equal([null, null, null, 4], FineTunedModels.ResNet50.Phases.Select(phase => phase.Patience));
}
