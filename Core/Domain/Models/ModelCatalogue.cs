namespace ServerlessFashion.Models;

/// <summary>Every model that a run can name.</summary>
public static class ModelCatalogue
{
    /// <summary>The four models of the course study, as published.</summary>
    public static IReadOnlyList<ModelSpec> Study { get; } = [StudyModels.Model1, StudyModels.Model3, StudyModels.Model4, StudyModels.ResNet50];

    /// <summary>The models beyond the study.</summary>
    public static IReadOnlyList<ModelSpec> Beyond { get; } =
    [
        StrongModels.Strong, StrongModels.StrongGarments, PrunedModels.Model4Annealed, PrunedModels.Model4Pruned, PrunedModels.Model4Slim,
        FineTunedModels.ResNet50,
    ];

    public static IReadOnlyList<ModelSpec> All { get; } = [.. Study, .. Beyond];

    /// <summary>Returns the model with this name.</summary>
    /// <exception cref="InvalidInputException">There is no such model; the message lists the names.</exception>
    public static ModelSpec Get(string name) =>
        All.FirstOrDefault(spec => spec.Name == name)
        ?? throw new InvalidInputException($"models: '{name}' is not a model; the models are {string.Join(", ", All.Select(spec => spec.Name))}.");
}
