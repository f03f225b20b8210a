using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Remote;

/// <summary>What this program can tell of the definition of a run at a server: enough to show its progress.</summary>
internal static class RemoteDefinition
{
    /// <summary>
    /// The definition for a display. A run on a registered data set borrows other labels, because the server keeps the classes and only
    /// the estimate of the time left uses them.
    /// </summary>
    public static RunDefinition Of(RunConfiguration configuration) => new()
    {
        Configuration = configuration.Dataset is null ? configuration : configuration with { Labels = LabelScheme.Garments },
        Specs = [.. configuration.Models.Select(model => SpecOf(model.Name)).Select(spec =>
            configuration.Dataset is null ? spec : ModelCatalogue.ForOtherImages(spec) ?? spec)],
        DataSha256 = "",
    };

    /// <summary>
    /// The spec in the catalogue. A model that only the server knows borrows another spec, which only the estimate of the time left uses.
    /// </summary>
    private static ModelSpec SpecOf(string model) =>
        ModelCatalogue.All.FirstOrDefault(spec => spec.Name == model) ?? ModelCatalogue.All[0] with { Name = model, Title = model };
}
