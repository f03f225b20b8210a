using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Domain.Tests.Runs;

public class PresetsTests
{
    private static RunConfiguration Configure(ComparisonOptions options) =>
        Presets.Configure(options, trainings => Presets.ThreadsPerTraining(2, trainings)).Configuration;

    [Fact]
    public void Configure_NoOptions_IsQuickOnFiveLabelsOfTheCompetition()
    {
        var run = Configure(new ComparisonOptions());

        Assert.Equal("quick", run.Preset);
        Assert.Equal(LabelScheme.Five, run.Labels);
        Assert.Equal(DatasetSplit.Competition, run.Split);
        Assert.Equal([1], run.Seeds);
        Assert.Equal(["model1", "model3", "model4", "resnet18"], run.Models.Select(model => model.Name));
    }

    /// <summary>The three seeds and the vote of `strong` in this preset do not apply: each fold trains once.</summary>
    [Fact]
    public void Configure_Folds_TrainsEachModelOncePerFold()
    {
        var run = Configure(new ComparisonOptions { Preset = "best", Folds = 4 });

        Assert.Equal((4, .25), (run.Folds, run.ValidationShare));
        Assert.Equal(
            [("strong", 1), ("strong", 2), ("strong", 3), ("strong", 4), ("strong-garments", 1), ("strong-garments", 2),
                ("strong-garments", 3), ("strong-garments", 4)],
            run.Trainings().Select(training => (training.Model.Name, training.Seed)));
        Assert.Empty(run.Ensembles);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(21)]
    [InlineData(-1)]
    public void Configure_NumberOfFoldsOutsideTheLimits_IsRefused(int folds) => Assert.Equal(
        $"folds: {folds} is not a number from 2 to 20.",
        Assert.Throws<InvalidInputException>(() => Configure(new ComparisonOptions { Folds = folds })).Message);

    [Fact]
    public void Configure_FoldsWithSeeds_AreRefused() => Assert.Equal(
        "folds: every fold is trained once, with a seed of its own; leave seeds or folds out.",
        Assert.Throws<InvalidInputException>(() => Configure(new ComparisonOptions { Folds = 3, Seeds = 1 })).Message);

    [Fact]
    public void Configure_NoFolds_LeavesNothingInTheStoredConfiguration() =>
        Assert.DoesNotContain("folds", JsonSerializer.Serialize(Configure(new ComparisonOptions()), Json.Compact));

    [Fact]
    public void Configure_ClassWeights_ArePartOfTheConfiguration() =>
        Assert.True(Configure(new ComparisonOptions { ClassWeights = true }).ClassWeights);

    /// <summary>Checkpoints hold this text, so that runs without class weights keep their bytes.</summary>
    [Fact]
    public void Configure_NoClassWeights_LeavesNothingInTheStoredConfiguration() => Assert.DoesNotContain(
        "classWeights", JsonSerializer.Serialize(Configure(new ComparisonOptions { ClassWeights = false }), Json.Compact));

    [Fact]
    public void Configure_ClassWeightsForAModelThatLearnsGarments_AreRefused() => Assert.Equal(
        "classWeights: 'strong-garments' learns garments and not the labels of the run, so that their classes cannot be weighted; leave "
        + "the model or the class weights out.",
        Assert.Throws<InvalidInputException>(
            () => Configure(new ComparisonOptions { Preset = "best", ClassWeights = true })).Message);

    /// <summary>Where garments are the labels, the same model learns the labels.</summary>
    [Fact]
    public void Configure_ClassWeightsWithGarmentsAsLabels_AreTaken() => Assert.True(Configure(new ComparisonOptions
    {
        Models = ["strong-garments"],
        Labels = LabelScheme.Garments,
        ClassWeights = true,
    }).ClassWeights);

    /// <summary>Batches and epochs of the study's table.</summary>
    [Theory]
    [InlineData("model1", 512, 50)]
    [InlineData("model3", 256, 50)]
    [InlineData("model4", 256, 30)]
    [InlineData("resnet50", 256, 400)]
    public void Configure_Report_HasTheStudysBatchesAndEpochs(string name, int batch, int epochs)
    {
        var run = Configure(new ComparisonOptions { Preset = "report" });

        var model = Assert.Single(run.Models, model => model.Name == name);
        Assert.Equal((batch, epochs), (model.BatchSize, model.TotalEpochs));
        Assert.Null(model.TrainLimit);
        Assert.Null(run.TrainLimit);
        Assert.Null(run.TestLimit);
    }

    [Fact]
    public void Configure_Smoke_Takes2000Images()
    {
        var run = Configure(new ComparisonOptions { Preset = "smoke" });

        Assert.Equal(2000, run.TrainLimit + run.ValidationLimit);
    }

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(2, new[] { 1, 1 })]
    [InlineData(5, new[] { 4, 1 })]
    [InlineData(7, new[] { 5, 2 })]
    [InlineData(400, new[] { 5, 395 })]
    public void Configure_EpochsOfAModelInPhases_LastPhaseTakesTheRest(int total, int[] expected)
    {
        var run = Configure(new ComparisonOptions { Preset = "report", Epochs = new Dictionary<string, int> { ["resnet50"] = total } });

        Assert.Equal(expected, run.Models.Single(model => model.Name == "resnet50").Phases.Select(phase => phase.Epochs));
    }

    [Theory]
    [InlineData("smoke", 400, new[] { 1, 1, 1, 1 })]
    [InlineData("quick", 2000, new[] { 1, 1, 1, 2 })]
    [InlineData("report", null, new[] { 3, 3, 3, 21 })]
    public void Configure_ResNet50FineTuned_IsTrainedByNameOnly(string preset, int? images, int[] epochs)
    {
        var named = Assert.Single(Configure(new ComparisonOptions { Preset = preset, Models = ["resnet50-finetuned"] }).Models);

        Assert.Equal(images, named.TrainLimit);
        Assert.Equal(epochs, named.Phases.Select(phase => phase.Epochs));
        Assert.DoesNotContain(Configure(new ComparisonOptions { Preset = preset }).Models, model => model.Name == named.Name);
    }

    [Fact]
    public void Configure_PrunedModels_AreTrainedByNameOnlyAndEndNarrow()
    {
        var named = Configure(new ComparisonOptions { Preset = "quick", Models = ["model4-slim"] });

        Assert.DoesNotContain(Configure(new ComparisonOptions { Preset = "quick" }).Models,
            model => model.Name.StartsWith("model4-", StringComparison.Ordinal));
        Assert.Equal([true, false], named.Models.Single().Phases.Select(phase => phase.Wide));
    }

    [Fact]
    public void Configure_Best_TrainsTheStrongModelsAndLetsThemVote()
    {
        var run = Configure(new ComparisonOptions { Preset = "best" });

        Assert.Equal(["strong", "strong", "strong", "strong-garments"], run.Trainings().Select(training => training.Model.Name));
        Assert.Equal([1, 2, 3, 1], run.Trainings().Select(training => training.Seed));
        Assert.Equal(["ensemble"], run.Ensembles.Select(ensemble => ensemble.Name));
        Assert.Equal((null, null, null), (run.TrainLimit, run.ValidationLimit, run.TestLimit));
    }

    [Fact]
    public void Configure_BestWithSeedsAndOneModel_TakesTheSeedsAndOnlyItsEnsemble()
    {
        var run = Configure(new ComparisonOptions { Preset = "best", Seeds = 2, Models = ["strong"] });

        Assert.Equal([1, 2], run.Trainings().Select(training => training.Seed));
        Assert.Equal(["ensemble"], run.Ensembles.Select(ensemble => ensemble.Name));
    }

    [Fact]
    public void Configure_SeedsOfAnyPreset_VoteWhereThereAreTwo()
    {
        Assert.Equal(["ensemble-garments"], Ensembles(2));
        Assert.Empty(Ensembles(1));

        static IEnumerable<string> Ensembles(int seeds)
        {
            var options = new ComparisonOptions { Preset = "smoke", Models = ["strong-garments", "model1"], Seeds = seeds };
            return Configure(options).Ensembles.Select(ensemble => ensemble.Name);
        }
    }

    [Fact]
    public void Configure_ModelThatThePresetDoesNotName_IsTrainedAsItsSpecSays()
    {
        var run = Configure(new ComparisonOptions { Preset = "best", Models = ["model1"] });

        Assert.Equal((512, 50), (run.Models[0].BatchSize, run.Models[0].TotalEpochs));
    }

    [Fact]
    public void Configure_Seeds_AreCountedFromOne() => Assert.Equal([1, 2, 3], Configure(new ComparisonOptions { Seeds = 3 }).Seeds);

    public static TheoryData<ComparisonOptions, string> Unusable => new()
    {
        { new ComparisonOptions { Preset = "huge" }, "preset: 'huge'" },
        { new ComparisonOptions { Models = [] }, "models: the list is empty" },
        { new ComparisonOptions { Models = ["model2"] }, "models: 'model2'" },
        { new ComparisonOptions { Models = ["model1", "model1"] }, "models: 'model1' is named twice" },
        { new ComparisonOptions { Seeds = 0 }, "seeds: 0" },
        { new ComparisonOptions { Seeds = 101 }, "seeds: 101" },
        { new ComparisonOptions { Epochs = new Dictionary<string, int> { ["model1"] = 0 } }, "epochs: 0 for 'model1'" },
        { new ComparisonOptions { Models = ["model4-slim"], Epochs = new Dictionary<string, int> { ["model4-slim"] = 1 } },
            "epochs: 'model4-slim' needs at least 2" },
        { new ComparisonOptions { Models = ["model1"], Epochs = new Dictionary<string, int> { ["model3"] = 2 } },
            "epochs: 'model3' is not a model of this run" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Configure_UnusableOption_IsNamed(ComparisonOptions options, string start)
    {
        var refused = Assert.Throws<InvalidInputException>(() => Configure(options));

        Assert.StartsWith(start, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 4, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(16, 4, 4)]
    [InlineData(1, 3, 1)]
    public void ThreadsPerTraining_CoresAndTrainings_SharesTheCores(int cores, int trainings, int expected) =>
        Assert.Equal(expected, Presets.ThreadsPerTraining(cores, trainings));
}
