namespace ServerlessFashion.Models;

/// <summary>Models of the study with a newer optimizer. Nothing else changes, so that the report shows what it is worth.</summary>
internal static class MuonModels
{
    /// <summary>Model 4 with Muon for its hidden convolutions, beside <see cref="PrunedModels.Model4Annealed"/>.</summary>
    public static ModelSpec Model4Muon { get; } = PrunedModels.Model4Annealed with
    {
        Name = "model4-muon",
        Title = "Model 4 with Muon",
        Description = "Model 4 annealed, with Muon for the kernels of its hidden convolutions.",
        Phases = [.. PrunedModels.Model4Annealed.Phases.Select(phase => phase with { Muon = new Muon() })],
    };

    /// <summary>The models of this file, in the order in which lists show them.</summary>
    public static IReadOnlyList<ModelSpec> All { get; } = [Model4Muon];
}
