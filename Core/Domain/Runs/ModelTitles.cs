using ServerlessFashion.Models;

namespace ServerlessFashion.Runs;

/// <summary>Names for people of everything that a new run can name as a model, ensembles included.</summary>
public static class ModelTitles
{
    /// <summary>Titles by name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        ModelCatalogue.All.Select(spec => (spec.Name, spec.Title))
            .Concat(EnsembleConfiguration.All.Select(ensemble => (ensemble.Name, ensemble.Title!)))
            .ToDictionary();
}
