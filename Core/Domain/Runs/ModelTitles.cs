using ServerlessFashion.Models;

namespace ServerlessFashion.Runs;

/// <summary>Names for people of everything that a run can name as a model, ensembles included.</summary>
public static class ModelTitles
{
    /// <summary>Titles by name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        ModelCatalogue.All.Select(spec => (spec.Name, spec.Title))
            .Concat(EnsembleConfiguration.All.Select(ensemble => (ensemble.Name, ensemble.Title!)))
            .ToDictionary();

    /// <summary>The title of a model; its plain name when nothing knows it.</summary>
    public static string Of(string model) => All.GetValueOrDefault(model, model);
}
