using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Domain.Tests.Runs;

/// <summary>Times worked by hand.</summary>
public class EpochFittingTests
{
    private static RunConfiguration Run(params string[] models) =>
        Presets.Configure(new ComparisonOptions { Preset = "report", Models = models, Budget = "1h" }, _ => 1).Configuration;

    private static Dictionary<string, TrainingPace> Paces(params (string Model, TrainingPace Pace)[] paces) =>
        paces.ToDictionary(pace => pace.Model, pace => pace.Pace);

    /// <summary>50 epochs of 10 s and 20 s besides; 300 s hold 28 of them.</summary>
    [Fact]
    public void Fit_OneModel_TakesTheMostEpochsThatFit()
    {
        var fitted = EpochFitting.Fit(Run("model1"), Paces(("model1", new([10], 20))), 1, TimeSpan.FromSeconds(300));

        Assert.Equal(28, fitted.Models.Single().TotalEpochs);
        Assert.Equal([50], fitted.RecipeEpochs!["model1"]);
    }

    /// <summary>
    /// Model 1 has 50 epochs of 2 s, Model 4 has 30 of 10 s. One after the other half of each takes 200 s. Side by side 150 s
    /// hold 15 of Model 4 up to a share of .533, and 50 x .533 is 26.
    /// </summary>
    [Theory]
    [InlineData(1, 200, 25)]
    [InlineData(2, 150, 26)]
    public void Fit_TwoModels_ShortensBothAlike(int sideBySide, int seconds, int model1Epochs)
    {
        var fitted = EpochFitting.Fit(
            Run("model1", "model4"), Paces(("model1", new([2], 0)), ("model4", new([10], 0))), sideBySide, TimeSpan.FromSeconds(seconds));

        Assert.Equal([model1Epochs, 15], fitted.Models.Select(model => model.TotalEpochs));
    }

    [Fact]
    public void Fit_MoreTimeThanNeeded_LeavesTheRecipe()
    {
        var fitted = EpochFitting.Fit(Run("model1"), Paces(("model1", new([1], 0))), 1, TimeSpan.FromHours(1));

        Assert.Equal(50, fitted.Models.Single().TotalEpochs);
    }

    /// <summary>Of 5 and 395 epochs a tenth: one, not zero, and 39.</summary>
    [Fact]
    public void Fit_Phases_ShrinkAlikeAndKeepOneEpoch()
    {
        var fitted = EpochFitting.Fit(Run("resnet50"), Paces(("resnet50", new([1, 1], 0))), 1, TimeSpan.FromSeconds(40));

        Assert.Equal([1, 39], fitted.Models.Single().Phases.Select(phase => phase.Epochs));
    }

    [Fact]
    public void Fit_NotOneEpochFits_SaysHowLongItTakes()
    {
        var refused = Assert.Throws<InvalidInputException>(
            () => EpochFitting.Fit(Run("resnet50"), Paces(("resnet50", new([60, 120], 30))), 1, TimeSpan.FromMinutes(3)));

        Assert.Equal("budget: 1h is too short: preparation and report leave 3m of it for training, and one epoch of each phase of "
            + "resnet50 takes about 3m30s here; give it more time.", refused.Message);
    }

    [Fact]
    public void Undo_AFittedRun_IsTheRunThatWasAskedFor()
    {
        var asked = Run("model1", "resnet50");
        var fitted = EpochFitting.Fit(asked, Paces(("model1", new([1], 0)), ("resnet50", new([1, 1], 0))), 1, TimeSpan.FromSeconds(60));

        var undone = EpochFitting.Undo(fitted);

        Assert.NotEqual(50, fitted.Models[0].TotalEpochs);
        Assert.Equal(JsonText(asked), JsonText(undone));

        static string JsonText(RunConfiguration run) => System.Text.Json.JsonSerializer.Serialize(run, Json.Compact);
    }
}
