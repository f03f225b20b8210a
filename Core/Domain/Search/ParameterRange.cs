using System.ComponentModel;
using System.Text.Json.Serialization;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Search;

/// <summary>How the values between two limits are spread.</summary>
public enum ParameterScale
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>Evenly in the logarithm, for values whose size matters more than their difference, such as learning rates.</summary>
    Log,
}

/// <summary>The values of one parameter in a search: all numbers between two limits, or a list. It is stored as JSON.</summary>
public sealed record ParameterRange
{
    [Description("The smallest value.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? From { get; init; }

    [Description("The largest value.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? To { get; init; }

    [Description("log spreads the values evenly in their logarithm. linear when left out.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ParameterScale? Scale { get; init; }

    [Description("Only whole numbers. false when left out.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Whole { get; init; }

    [Description("The values themselves, instead of limits.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OptionValue>? Values { get; init; }
}
