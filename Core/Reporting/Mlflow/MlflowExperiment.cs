using ServerlessFashion.Reporting.Files;

namespace ServerlessFashion.Reporting.Mlflow;

/// <summary>The experiment that collects the exported comparisons of a store.</summary>
/// <param name="ArtifactLocation">The absolute URI of the experiment's folder, without a slash at its end.</param>
/// <param name="Created">The time of the first comparison.</param>
internal sealed record MlflowExperiment(string ArtifactLocation, DateTimeOffset Created)
{
    /// <summary>Always the same, so that several comparisons can be written into one store. MLflow's own ids have 18 digits too.</summary>
    public const string Id = "657202000000000001";

    private const string Name = "ServerlessFashion";

    /// <param name="store">The absolute folder of the store.</param>
    public static MlflowExperiment In(string store, DateTimeOffset created) =>
        new(new Uri(Path.Join(Path.GetFullPath(store), Id)).AbsoluteUri, created);

    public ReportFile Render() => MlflowYaml.File($"{Id}/meta.yaml", new Dictionary<string, object?>
    {
        ["artifact_location"] = ArtifactLocation,
        ["creation_time"] = Created.ToUnixTimeMilliseconds(),
        ["experiment_id"] = Id,
        ["last_update_time"] = Created.ToUnixTimeMilliseconds(),
        ["lifecycle_stage"] = "active",
        ["name"] = Name,
    });
}
