using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Domain.Tests.Runs;

public class RunConfigurationTests
{
    [Fact]
    public void Trainings_ModelWithItsOwnSeeds_TakesThemInsteadOfTheRuns()
    {
        var run = Run(seeds: 2, "model1", "model3");
        run = run with { Models = [run.Models[0], run.Models[1] with { Seeds = [7] }] };

        Assert.Equal(
            [("model1", 1), ("model1", 2), ("model3", 7)], run.Trainings().Select(training => (training.Model.Name, training.Seed)));
    }

    [Fact]
    public void Results_RunWithAnEnsemble_EndWithIt() => Assert.Equal(
        [("strong", 1), ("strong", 2), ("ensemble", 1)], Run(seeds: 2, "strong").Results());

    [Fact]
    public void Votes_Models_AreThoseOfAnEnsemble()
    {
        var run = Run(seeds: 2, "strong", "model1");

        Assert.True(run.Votes("strong"));
        Assert.False(run.Votes("model1"));
    }

    /// <summary>The study's ResNet50 by its table: 400 epochs in two phases.</summary>
    [Fact]
    public void TotalEpochs_TwoPhases_IsTheirSum() => Assert.Equal(400, Run(seeds: 1, "resnet50").Models[0].TotalEpochs);

    [Fact]
    public void ToSplitSettings_LimitedRun_HasTheSettingsOfTheRun()
    {
        var run = Run(seeds: 1, "model1") with
        {
            Labels = LabelScheme.Garments,
            Split = DatasetSplit.Original,
            SplitSeed = 5,
            ValidationShare = .25,
            TrainLimit = 30,
            ValidationLimit = 20,
            TestLimit = 10,
        };

        Assert.Equal(
            new SplitSettings
            {
                Labels = LabelScheme.Garments,
                Split = DatasetSplit.Original,
                Seed = 5,
                ValidationShare = .25,
                TrainLimit = 30,
                ValidationLimit = 20,
                TestLimit = 10,
            },
            run.ToSplitSettings());
    }

    /// <summary>Stored runs must keep their meaning: null fields that older builds did not write stay absent.</summary>
    [Fact]
    public void Json_RunWithoutBudgetAndDevice_LeavesTheirFieldsOut()
    {
        var json = JsonSerializer.SerializeToElement(Run(seeds: 1, "model1") with { Device = null }, Json.Compact);

        Assert.Equal((false, false, false), (Has("budget"), Has("recipeEpochs"), Has("device")));
        Assert.Equal("\"five\"", json.GetProperty("labels").GetRawText());
        Assert.Equal("null", json.GetProperty("trainLimit").GetRawText());

        bool Has(string field) => json.TryGetProperty(field, out _);
    }

    private static RunConfiguration Run(int seeds, params string[] models) =>
        Presets.Configure(new ComparisonOptions { Preset = "report", Models = models, Seeds = seeds }, _ => 1).Configuration;
}
