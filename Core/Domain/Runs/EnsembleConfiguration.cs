namespace ServerlessFashion.Runs;

/// <summary>Several trainings of a run that predict together, by the mean of their probabilities.</summary>
/// <param name="Name">Name in reports, blob paths and model references, beside those of the models.</param>
/// <param name="Members">Names of models of the run; each takes part with all its seeds.</param>
public sealed record EnsembleConfiguration(string Name, IReadOnlyList<string> Members)
{
    /// <summary>An ensemble has no seed; this value is used where a seed is required.</summary>
    public const int Seed = 1;

    /// <summary>The vote of the small networks that saw only the five labels.</summary>
    public const string Strong = "ensemble";

    /// <summary>The vote of the small networks that saw the garments.</summary>
    public const string StrongGarments = "ensemble-garments";
}
