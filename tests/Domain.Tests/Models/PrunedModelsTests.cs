using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class PrunedModelsTests
{
    /// <summary>A fair comparison: the dense and the pruned models train for equally many epochs and end with a falling rate.</summary>
    [Fact]
    public void All_Models_TrainFiftyEpochsAndEndWithAFallingRate() => Assert.All(PrunedModels.All, spec =>
    {
        Assert.Equal(50, spec.Phases.Sum(phase => phase.Epochs));
        Assert.Equal((1, 0), (spec.Phases[^1].Schedule.Factor(0), Math.Round(spec.Phases[^1].Schedule.Factor(1), 12)));
    });

    /// <summary>Zhu and Gupta 2017, equation 1, by hand for t = 5 of 10: .9 - .9 * (1 - .5)^3 = .7875; at the end .9.</summary>
    [Fact]
    public void Model4Pruned_Sparsity_RisesByTheCubeAndStays()
    {
        var phases = PrunedModels.Model4Pruned.Phases;

        Assert.Equal(0, phases[0].SparsityOf(30));
        Assert.Equal(.7875, phases[1].SparsityOf(5), 1e-12);
        Assert.Equal(.9, phases[1].SparsityOf(10), 1e-12);
        Assert.Equal([.9, .9], [phases[2].SparsityOf(1), phases[2].SparsityOf(10)]);
    }

    [Fact]
    public void Model4Slim_Layers_HaveHalfTheChannelsOfModel4() => Assert.Equal(
        [16, 16, 32, 64, 256, 64],
        PrunedModels.Model4Slim.Layers.Select(layer => layer switch { Conv2D conv => conv.Filters, Dense dense => dense.Units, _ => 0 })
            .Where(channels => channels > 0));

    [Fact]
    public void PrunedFrom_PrunedModels_NamesTheAnnealedDenseModelFirst()
    {
        Assert.Equal(["model4-annealed", "model4"], PrunedModels.Model4Pruned.PrunedFrom);
        Assert.Equal(["model4-annealed", "model4"], PrunedModels.Model4Slim.PrunedFrom);
        Assert.Empty(PrunedModels.Model4Annealed.PrunedFrom);
    }
}
