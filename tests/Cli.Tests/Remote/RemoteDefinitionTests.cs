using ServerlessFashion.Cli.Remote;
using ServerlessFashion.Data;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Tests.Remote;

public class RemoteDefinitionTests
{
    /// <summary>The answer of a server has no classes of the data set, and the display still needs the cost of an epoch.</summary>
    [Theory]
    [InlineData("model1")]
    [InlineData("model4")]
    [InlineData("strong")]
    public void Of_RunOnRegisteredDataset_LetsTheCostBeEstimated(string model)
    {
        var known = Presets.Configure(new ComparisonOptions { Models = [model] }, _ => 1).Configuration;
        var configuration = known with { Dataset = "shapes", Labels = LabelScheme.Classes, Split = DatasetSplit.HeldOut };

        var run = RemoteDefinition.Of(configuration);

        Assert.True(TrainingCost.EstimateEpoch(run, configuration.Models.Single()) > 0);
    }
}
