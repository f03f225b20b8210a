using System.Text.Json.Serialization;

namespace ServerlessFashion.Runs;

/// <summary>Several trainings of a run that predict together, by the mean of their probabilities.</summary>
/// <param name="Name">Name in reports, blob paths and model references, beside those of the models.</param>
/// <param name="Members">Names of models of the run; each takes part with all its seeds.</param>
public sealed record EnsembleConfiguration(string Name, IReadOnlyList<string> Members)
{
    /// <summary>An ensemble has no seed; this value is used where a seed is required.</summary>
    public const int Seed = 1;

    /// <summary>
    /// Every ensemble that a run can have: the vote of the small networks that saw the five labels only, and of those that saw the
    /// garments.
    /// </summary>
    public static IReadOnlyList<EnsembleConfiguration> All { get; } =
    [
        new("ensemble", ["strong"]) { Title = "Ensemble" },
        new("ensemble-garments", ["strong-garments"]) { Title = "Ensemble on garments" },
    ];

    /// <summary>Name for people; null in runs that were stored without it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; init; }
}
