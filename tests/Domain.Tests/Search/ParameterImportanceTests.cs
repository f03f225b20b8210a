using ServerlessFashion.Search;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Domain.Tests.Search;

public class ParameterImportanceTests
{
    private static readonly SearchParameter[] Parameters =
    [
        SearchParameter.Of("rate", new ParameterRange { From = 0, To = 1 }),
        SearchParameter.Of("batch", new ParameterRange { Values = [OptionValue.Of("a"), OptionValue.Of("b")] }),
    ];

    /// <summary>
    /// By hand: the mean is .75 and the total .05. The groups of the first parameter are {.8, .6}, {.9} and {.7}: 2 x .0025 + .0225 +
    /// .0025 = .03. Those of the second are {.8, .9} and {.6, .7}: 2 x .01 + 2 x .01 = .04.
    /// </summary>
    [Fact]
    public void Of_Trials_IsTheShareBetweenGroups()
    {
        Observation[] trials = [new([.1, .2], 1, .8), new([.2, .8], 1, .6), new([.3, .2], 1, .9), new([.4, .8], 1, .7)];

        var importance = ParameterImportance.Of(Parameters, trials);

        Assert.Equal(.6, importance[0]!.Value, 12);
        Assert.Equal(.8, importance[1]!.Value, 12);
    }

    [Fact]
    public void Of_EqualAccuracies_IsUnknown() =>
        Assert.Equal([null, null], ParameterImportance.Of(Parameters, [new([.1, .2], 1, .8), new([.2, .8], 1, .8)]));
}
