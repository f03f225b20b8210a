using ServerlessFashion.Models;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Remote;

/// <summary>What this program can tell of the definition of a run at a server: enough to show its progress.</summary>
internal static class RemoteDefinition
{
    public static RunDefinition Of(RunConfiguration configuration) => new()
    {
        Configuration = configuration,
        Specs = [.. configuration.Models.Select(model => SpecOf(model.Name))],
        DataSha256 = "",
    };

    /// <summary>
    /// The spec in the catalogue. A model that only the server knows borrows another spec, which only the estimate of the time left uses.
    /// </summary>
    private static ModelSpec SpecOf(string model) =>
        ModelCatalogue.All.FirstOrDefault(spec => spec.Name == model) ?? ModelCatalogue.All[0] with { Name = model, Title = model };
}
