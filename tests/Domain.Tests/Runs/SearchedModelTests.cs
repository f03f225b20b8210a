using System.Text.Json;
using ServerlessFashion.Runs;
using ServerlessFashion.Search;
using ServerlessFashion.Serialization;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Domain.Tests.Runs;

/// <summary>The space of a search is checked against its model before the run starts.</summary>
public class SearchedModelTests
{
    /// <summary>Both ends can be used, but not what lies between them. The halving decides the epochs.</summary>
    [Theory]
    [InlineData("epochs", true, "leave it out")]
    [InlineData("phases.1.epochs", true, "leave it out")]
    [InlineData("batchSize", false, "expected a whole number")]
    [InlineData("layers.conv2d_1.filters", true, "should be a multiple of 16")]
    public void Configure_RangeThatCannotBeUsed_IsRefused(string parameter, bool whole, string expected)
    {
        var options = new ComparisonOptions
        {
            Models = ["model4"],
            Search = new SearchOptions
            {
                Space = new Dictionary<string, ParameterRange> { [parameter] = new() { From = 32, To = 128, Whole = whole } },
            },
        };

        var message = Assert.Throws<InvalidInputException>(() => Presets.Configure(options, _ => 1)).Message;

        Assert.StartsWith("space: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    /// <summary>A checkpoint belongs to one configuration, and a search adds trials while its first models train.</summary>
    [Fact]
    public void OfTraining_TrialsAdded_StaysTheSame()
    {
        var run = Presets.Configure(
            new ComparisonOptions
            {
                Models = ["model1"],
                Search = new SearchOptions
                {
                    Space = new Dictionary<string, ParameterRange> { ["learningRate"] = new() { From = 1e-4, To = 1e-2 } },
                    Trials = 3,
                },
            },
            _ => 1);
        var first = run.With(TrialProposals.Of(run.Configuration.Search!, 1, [], []));
        var second = first.With(TrialProposals.Of(run.Configuration.Search!, 2, first.Configuration.Trials!, []));

        Assert.Equal(Text(run.Configuration), Text(second.Configuration.OfTraining("model1")));
        Assert.Equal(
            Text(first.Configuration.OfTraining("model1-trial-01")), Text(second.Configuration.OfTraining("model1-trial-01")));
        Assert.NotEqual(Text(first.Configuration), Text(second.Configuration));

        static string Text(RunConfiguration configuration) => JsonSerializer.Serialize(configuration, Json.Compact);
    }

    /// <summary>A changed built-in model keeps its name, which a model of a user could not have.</summary>
    [Fact]
    public void Configure_BuiltInModelWithOptions_SearchesTheChangedModel()
    {
        var options = new ComparisonOptions
        {
            Models = ["model1"],
            Set = new Dictionary<string, OptionValue> { ["model1.weightDecay"] = OptionValue.Of("0.25") },
            Search = new SearchOptions
            {
                Space = new Dictionary<string, ParameterRange> { ["learningRate"] = new() { From = 1e-4, To = 1e-2 } },
            },
        };

        var run = Presets.Configure(options, _ => 1);

        Assert.Equal("model1", run.Configuration.Search?.Model);
        Assert.All(run.Configuration.Models.Single().Phases, phase => Assert.Equal(.25, phase.WeightDecay));
    }
}
