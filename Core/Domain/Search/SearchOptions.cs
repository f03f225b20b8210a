using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace ServerlessFashion.Search;

/// <summary>The options of a search, for the command line and for HTTP. The attributes are part of the API's description.</summary>
[JsonConverter(typeof(SearchOptionsJson))]
public sealed record SearchOptions
{
    public const int DefaultTrials = 12;

    /// <summary>The values of each parameter. A parameter is an option of the model, such as <c>learningRate</c>.</summary>
    [Description("The values of each parameter; a parameter is an option of the model, such as `learningRate`.")]
    public required IReadOnlyDictionary<string, ParameterRange> Space { get; init; }

    /// <summary>The default value is <see cref="DefaultTrials"/>.</summary>
    [DefaultValue(DefaultTrials)]
    [Range(2, SearchSettings.MostTrials)]
    public int? Trials { get; init; }

    /// <summary>The default value is <see cref="TrialSampler.Tpe"/>.</summary>
    [Description("random draws all trials uniformly; tpe draws two thirds from what the first third has shown.")]
    [DefaultValue(TrialSampler.Tpe)]
    public TrialSampler? Sampler { get; init; }

    /// <summary>Seed of the draws; the default value is 1.</summary>
    [Description("Seed from which the trials are drawn.")]
    [DefaultValue(1)]
    [Range(0, int.MaxValue)]
    public int? Seed { get; init; }
}
