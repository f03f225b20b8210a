using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

/// <summary>Figures of the study's tables and of reports of that time: they stay when the catalogue changes.</summary>
public class RunMigrationTests
{
    [Theory]
    [InlineData("model1", "Model 1", 346_821)]
    [InlineData("model3", "Model 3", 240_901)]
    [InlineData("model4", "Model 4", 3_383_589)]
    [InlineData("resnet50", "ResNet50", 24_088_005)]
    [InlineData("model4-slim", "Model 4 slim", 847_253)]
    public void Define_ModelOfThatTime_HasItsNetwork(string name, string title, long parameters)
    {
        var run = RunMigration.Define(Configuration(name));

        Assert.Equal((title, parameters), (run.TitleOf(name), ModelPlan.Of(run.SpecOf(name), ClassLabels.Five).Parameters));
    }

    /// <summary>Dropout has no weights, so no count of parameters shows it.</summary>
    [Fact]
    public void Define_Model4_HasTheStudysDropout() => Assert.Equal(
        [.2, .2, .3, .4, .4],
        RunMigration.Define(Configuration("model4")).SpecOf("model4").Layers.OfType<Dropout>().Select(dropout => dropout.Rate));

    [Fact]
    public void Define_Ensembles_HaveTheTitlesOfThatTime()
    {
        var configuration = Configuration("strong") with
        {
            Ensembles = [new("ensemble", ["strong"]), new("ensemble-garments", ["strong-garments"])],
        };

        var run = RunMigration.Define(configuration);

        Assert.Equal(("Ensemble", "Ensemble on garments"), (run.TitleOf("ensemble"), run.TitleOf("ensemble-garments")));
    }

    [Fact]
    public void Define_ModelThatNeverWas_IsNamed()
    {
        var refused = Assert.Throws<InvalidInputException>(() => RunMigration.Define(Configuration("model2")));

        Assert.Equal("run: the stored run names model 'model2', which no version that stored such runs had.", refused.Message);
    }

    [Fact]
    public void ReadConfiguration_NoConfiguration_NamesTheRun()
    {
        var refused = Assert.Throws<InvalidInputException>(() => RunMigration.ReadConfiguration("run-1", "{"));

        Assert.StartsWith("run: the stored configuration of run-1 cannot be read (", refused.Message, StringComparison.Ordinal);
    }

    private static RunConfiguration Configuration(string model)
    {
        var run = Presets.Configure(new ComparisonOptions { Preset = "smoke", Models = ["model1"] }, _ => 1).Configuration;
        return run with { Models = [run.Models[0] with { Name = model }] };
    }
}
