using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Runs;

/// <summary>
/// Reads runs that were stored before a run had a <see cref="RunDefinition"/>. Such a run holds its configuration, in its table row
/// and in the input of its workflow, and only the names of its models. The specs of that time are part of the program, in
/// <c>unversioned-runs.json</c>; the file never changes.
/// </summary>
public static class RunMigration
{
    private const string File = "unversioned-runs.json";

    private static readonly Lazy<Catalogue> AtThatTime = new(() =>
        JsonSerializer.Deserialize<Catalogue>(EmbeddedFile.ReadText(typeof(RunMigration), File), Json.Compact)!);

    /// <summary>The models and ensembles that a run could name.</summary>
    private sealed record Catalogue(IReadOnlyList<ModelSpec> Specs, IReadOnlyDictionary<string, string> EnsembleTitles);

    /// <summary>The configuration in a row of the table of runs.</summary>
    /// <exception cref="InvalidInputException">It is not a configuration.</exception>
    public static RunConfiguration ReadConfiguration(string runId, string json)
    {
        try
        {
            return JsonSerializer.Deserialize<RunConfiguration>(json, Json.Compact)!;
        }
        catch (JsonException e)
        {
            throw new InvalidInputException($"run: the stored configuration of {runId} cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    /// <summary>The definition of a run with that configuration.</summary>
    /// <exception cref="InvalidInputException">The configuration names a model that did not exist then.</exception>
    public static RunDefinition Define(RunConfiguration configuration)
    {
        var known = AtThatTime.Value;
        return new RunDefinition
        {
            Configuration = configuration,
            Specs = [.. configuration.Models.Select(model => SpecOf(known, model.Name))],
            EnsembleTitles = configuration.Ensembles.ToDictionary(
                ensemble => ensemble.Name, ensemble => known.EnsembleTitles.GetValueOrDefault(ensemble.Name) ?? ensemble.Name),
            DataSha256 = FashionMnist.PublishedSha256,
        };
    }

    private static ModelSpec SpecOf(Catalogue known, string name) =>
        known.Specs.FirstOrDefault(spec => spec.Name == name)
        ?? throw new InvalidInputException($"run: the stored run names model '{name}', which no version that stored such runs had.");
}
