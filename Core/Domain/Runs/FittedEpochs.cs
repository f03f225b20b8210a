namespace ServerlessFashion.Runs;

/// <summary>
/// The epochs that a run trains within its budget. It is stored beside the <see cref="RunDefinition"/>, which keeps the recipes' epochs.
/// </summary>
/// <param name="Version">Format of the stored document.</param>
/// <param name="Epochs">By model, the epochs of each phase.</param>
public sealed record FittedEpochs(int Version, IReadOnlyDictionary<string, IReadOnlyList<int>> Epochs)
{
    /// <summary>The format that this program writes, and the newest that it reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The epochs of a configuration.</summary>
    public static FittedEpochs Of(RunConfiguration configuration) => new(
        CurrentVersion,
        configuration.Models.ToDictionary(
            model => model.Name, model => (IReadOnlyList<int>)[.. model.Phases.Select(phase => phase.Epochs)]));
}
