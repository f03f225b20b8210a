using ServerlessFashion.Phrases;

namespace ServerlessFashion.Models;

/// <summary>Every model that a run can name.</summary>
public static class ModelCatalogue
{
    /// <summary>The four models of the course study, as published.</summary>
    public static IReadOnlyList<ModelSpec> Study => StudyModels.All;

    /// <summary>The models beyond the study. Each file of models lists its own, so that a new model is known by its file alone.</summary>
    public static IReadOnlyList<ModelSpec> Beyond { get; } =
        [.. StrongModels.All, .. PrunedModels.All, .. FineTunedModels.All, .. TransferModels.All];

    public static IReadOnlyList<ModelSpec> All { get; } = [.. Study, .. Beyond];

    /// <summary>The model with this name; null if there is none.</summary>
    public static ModelSpec? Find(string name) => All.FirstOrDefault(spec => spec.Name == name);

    /// <summary>Whether a spec is a built-in one, as it is or for other images than those of Fashion-MNIST.</summary>
    public static bool IsBuiltIn(ModelSpec spec) =>
        Find(spec.Name) is { } own && (ReferenceEquals(own, spec) || ReferenceEquals(ForOtherImages(own), spec));

    /// <summary>
    /// The model for images other than those of Fashion-MNIST. Null if it needs what only Fashion-MNIST has: garments, or labels that
    /// follow the brightness.
    /// </summary>
    public static ModelSpec? ForOtherImages(ModelSpec spec) =>
        spec == StrongModels.Strong ? StrongModels.StrongOnOtherImages
        : spec.Head.UsesSideInformation || spec.Head.ReadsBrightness ? null
        : spec;

    /// <summary>Returns the model with this name.</summary>
    /// <exception cref="InvalidInputException">There is no such model; the message lists the names.</exception>
    public static ModelSpec Get(string name) =>
        Find(name) ?? throw UnknownName.Refuse("models", name, "model", [.. All.Select(spec => spec.Name)]);
}
