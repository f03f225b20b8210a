using ServerlessFashion.Search;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Domain.Tests.Search;

public class TrialProposalsTests
{
    private static readonly SearchSettings Settings = new()
    {
        Model = "model1",
        Space = new Dictionary<string, ParameterRange>
        {
            ["learningRate"] = new() { From = 1e-4, To = 1e-1, Scale = ParameterScale.Log },
            ["batchSize"] = new() { Values = [OptionValue.Of("64"), OptionValue.Of("128")] },
        },
        Trials = 9,
        Sampler = TrialSampler.Tpe,
        Seed = 1,
    };

    [Fact]
    public void Of_FirstRound_NumbersAThirdOfTheTrials()
    {
        var trials = TrialProposals.Of(Settings, round: 1, [], []);

        Assert.Equal(["model1-trial-01", "model1-trial-02", "model1-trial-03"], trials.Select(trial => trial.Name));
        Assert.All(trials, trial => Assert.Equal(["learningRate", "batchSize"], trial.Values.Keys));
    }

    [Fact]
    public void Of_LaterRound_ContinuesTheNumbersAndRepeatsNoTrial()
    {
        var first = TrialProposals.Of(Settings, 1, [], []);
        Observation[] seen = [.. first.Select((trial, index) => new Observation(
            TrialProposals.PointsOf(trial, Settings.Parameters()), Epochs: 1, Accuracy: .5 + (.1 * index)))];

        var second = TrialProposals.Of(Settings, 2, first, seen);

        Assert.Equal("model1-trial-04", second[0].Name);
        Assert.Equal(6, first.Concat(second).Select(trial => string.Join('|', trial.Values.Values)).Distinct().Count());
    }

    /// <summary>By hand: there are 3 x 2 trials, and all of them are asked for.</summary>
    [Fact]
    public void Of_AsManyTrialsAsTheSpaceHas_FindsEachOnce()
    {
        var settings = Settings with
        {
            Space = new Dictionary<string, ParameterRange>
            {
                ["shiftPixels"] = new() { From = 0, To = 2, Whole = true },
                ["batchSize"] = Settings.Space["batchSize"],
            },
            Trials = 6,
            Sampler = TrialSampler.Random,
        };

        var trials = TrialProposals.Of(settings, 1, [], []);

        Assert.Equal(
            ["0|128", "0|64", "1|128", "1|64", "2|128", "2|64"],
            trials.Select(trial => string.Join('|', trial.Values.Values)).Order(StringComparer.Ordinal));
    }

    /// <summary>By hand: of 3 x 2 trials, only the three with 64 can be trained.</summary>
    [Fact]
    public void Of_ValuesThatDoNotFitTogether_AreSkippedAndTooFewAreRefused()
    {
        var settings = Settings with
        {
            Space = new Dictionary<string, ParameterRange>
            {
                ["shiftPixels"] = new() { From = 0, To = 2, Whole = true },
                ["batchSize"] = Settings.Space["batchSize"],
            },
            Trials = 3,
            Sampler = TrialSampler.Random,
        };

        var trials = TrialProposals.Of(settings, 1, [], [], values => values["batchSize"].Text == "64");

        Assert.Equal(["0", "1", "2"], trials.Select(trial => trial.Values["shiftPixels"].Text).Order(StringComparer.Ordinal));
        Assert.Equal(
            "space: only 3 trials of 4 can be trained; the other values do not fit together.",
            Assert.Throws<InvalidInputException>(() => TrialProposals.Of(
                settings with { Trials = 4 }, 1, [], [], values => values["batchSize"].Text == "64")).Message);
    }

    [Fact]
    public void Of_SameSeed_IsTheSameAndAnotherSeedIsNot()
    {
        static string Text(IReadOnlyList<Trial> trials) => string.Join(';', trials.SelectMany(trial => trial.Values.Values));

        Assert.Equal(Text(TrialProposals.Of(Settings, 1, [], [])), Text(TrialProposals.Of(Settings, 1, [], [])));
        Assert.NotEqual(Text(TrialProposals.Of(Settings, 1, [], [])), Text(TrialProposals.Of(Settings with { Seed = 2 }, 1, [], [])));
    }

    /// <summary>By hand, 24 trials in one round with 9 epochs: 24 x 1 + 8 x (3 - 1) + 2 x (9 - 3).</summary>
    [Fact]
    public void TrialEpochs_OfAPlan_CountsEachEpochOnce()
    {
        var plan = SearchPlan.Of(Settings with { Trials = 24, Sampler = TrialSampler.Random }, epochs: 9);

        Assert.Equal(24 + 16 + 12, plan.TrialEpochs);
        Assert.Equal(24 + 8 + 2, plan.Slices);
    }
}
