using ServerlessFashion.Models;

namespace ServerlessFashion.Specs;

/// <summary>One model in the list of models that a run can train.</summary>
/// <param name="IsBuiltIn">False for a model that a user added.</param>
public sealed record SpecSummary(string Name, string Title, string Description, bool IsBuiltIn)
{
    public static SpecSummary Of(ModelSpec spec) =>
        new(spec.Name, spec.Title, spec.Description, ModelCatalogue.Find(spec.Name) is not null);
}
