namespace ServerlessFashion.Runs;

/// <summary>An ensemble that a run can have.</summary>
/// <param name="Title">Name for people.</param>
public sealed record EnsembleChoice(EnsembleConfiguration Configuration, string Title);

/// <summary>Every ensemble that a new run can have.</summary>
public static class EnsembleCatalogue
{
    public static IReadOnlyList<EnsembleChoice> All { get; } =
    [
        new(new EnsembleConfiguration(EnsembleConfiguration.Strong, ["strong"]), "Ensemble"),
        new(new EnsembleConfiguration(EnsembleConfiguration.StrongGarments, ["strong-garments"]), "Ensemble on garments"),
    ];
}
