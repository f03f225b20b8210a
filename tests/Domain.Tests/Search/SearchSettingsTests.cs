using ServerlessFashion.Search;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Domain.Tests.Search;

public class SearchSettingsTests
{
    private static readonly ParameterRange Batches = new() { Values = [OptionValue.Of("64"), OptionValue.Of("128")] };

    [Theory]
    [InlineData(TrialSampler.Random, 24, new[] { 24 })]
    [InlineData(TrialSampler.Tpe, 12, new[] { 4, 4, 4 })]
    [InlineData(TrialSampler.Tpe, 8, new[] { 3, 3, 2 })]
    [InlineData(TrialSampler.Tpe, 2, new[] { 1, 1 })]
    public void TrialsOfRounds_BySampler_AddUp(TrialSampler sampler, int trials, int[] expected) =>
        Assert.Equal(expected, Settings(trials, sampler).TrialsOfRounds());

    [Fact]
    public void NameOf_Trials_SortsLikeTheirNumbers()
    {
        Assert.Equal("model4-trial-07", Settings(24).NameOf(7));
        Assert.Equal("model4-trial-007", Settings(100).NameOf(7));
    }

    /// <summary>By hand: two batch sizes times three numbers of pixels.</summary>
    [Fact]
    public void Parameters_FewerPointsThanTrials_IsRefused()
    {
        var settings = Settings(7) with
        {
            Space = new Dictionary<string, ParameterRange>
            {
                ["batchSize"] = Batches,
                ["shift"] = new() { From = 0, To = 2, Whole = true },
            },
        };

        Assert.Equal(
            "trials: the space has 6 different trials, fewer than the 7 that were asked for.",
            Assert.Throws<InvalidInputException>(settings.Parameters).Message);
        Assert.Equal(["batchSize", "shift"], (settings with { Trials = 6 }).Parameters().Select(parameter => parameter.Name));
    }

    /// <summary>
    /// By hand: with three digits the range has 0.001, 0.00101 and 0.00102, and a draw of a fourth value would never end.
    /// </summary>
    [Fact]
    public void Parameters_NarrowRangeOfNumbers_CountsTheNumbersOfThreeDigits()
    {
        var settings = Settings(4) with
        {
            Space = new Dictionary<string, ParameterRange> { ["learningRate"] = new() { From = .001, To = .00102 } },
        };

        Assert.Equal(
            "trials: the space has 3 different trials, fewer than the 4 that were asked for.",
            Assert.Throws<InvalidInputException>(settings.Parameters).Message);
    }

    [Fact]
    public void Parameters_MoreWholeNumbersThanAnIntHolds_IsAccepted()
    {
        var settings = Settings(4) with
        {
            Space = new Dictionary<string, ParameterRange> { ["batchSize"] = new() { From = 2, To = 2_147_483_649, Whole = true } },
        };

        Assert.Single(settings.Parameters());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(501)]
    public void Parameters_TrialsOutOfRange_IsRefused(int trials) =>
        Assert.Equal(
            $"trials: expected a whole number from 2 to 500, found {trials}.",
            Assert.Throws<InvalidInputException>(Settings(trials).Parameters).Message);

    private static SearchSettings Settings(int trials, TrialSampler sampler = TrialSampler.Tpe) => new()
    {
        Model = "model4",
        Space = new Dictionary<string, ParameterRange> { ["batchSize"] = Batches },
        Trials = trials,
        Sampler = sampler,
        Seed = 1,
    };
}
