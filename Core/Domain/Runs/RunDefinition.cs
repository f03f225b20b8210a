using System.Text.Json.Serialization;
using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Search;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Runs;

/// <summary>
/// Everything that decides the numbers of a run. It is stored once, when the run is created, and is never changed. Every reader of a
/// run takes models from here and not from today's catalogue, so that a later change of the catalogue leaves stored runs as they are.
/// </summary>
public sealed record RunDefinition
{
    /// <summary>The format that this program writes, and the newest that it reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Format of the stored document.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The effective configuration: data, models, seeds, device and threads.</summary>
    public required RunConfiguration Configuration { get; init; }

    /// <summary>The specs of all models that <see cref="Configuration"/> names, in its order.</summary>
    public required IReadOnlyList<ModelSpec> Specs { get; init; }

    /// <summary>
    /// Titles, by name, of ensembles that <see cref="Configuration"/> names without one, as in runs stored without a version.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> EnsembleTitles { get; init; } = new Dictionary<string, string>();

    /// <summary>The registered data set of the run, as it was when the run was created; null for Fashion-MNIST.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DatasetDescription? Dataset { get; init; }

    /// <summary>
    /// Lower-case hex SHA-256 of the data set, see <see cref="FashionMnist.Sha256"/> and <see cref="DatasetDescription.Sha256"/>.
    /// </summary>
    public required string DataSha256 { get; init; }

    /// <summary>What the run predicts.</summary>
    [JsonIgnore]
    public ClassLabels Labels => Dataset is { } dataset ? ClassLabels.Of(dataset) : ClassLabels.Of(Configuration.Labels);

    /// <summary>The run with the trials of a further round of its search.</summary>
    public RunDefinition With(IReadOnlyList<Trial> trials) => SearchedModel.With(this, trials);

    /// <summary>Whether a trial of the run's search can have these values together.</summary>
    public bool CanTrain(IReadOnlyDictionary<string, OptionValue> values) => SearchedModel.CanTrain(this, values);

    /// <summary>The spec of one model of the run.</summary>
    /// <exception cref="InvalidInputException">The run has no such model; the message lists its models.</exception>
    public ModelSpec SpecOf(string model) =>
        Specs.FirstOrDefault(spec => spec.Name == model) ?? throw new InvalidInputException(
            $"model: the run has no model '{model}'; its models are {string.Join(", ", Specs.Select(spec => spec.Name))}.");

    /// <summary>The name of a model or an ensemble for people; its plain name where the run has none of that name.</summary>
    public string TitleOf(string name) =>
        Specs.FirstOrDefault(spec => spec.Name == name)?.Title
        ?? Configuration.Ensembles.FirstOrDefault(ensemble => ensemble.Name == name)?.Title
        ?? EnsembleTitles.GetValueOrDefault(name, name);

    /// <summary>Refuses a data set that is not the run's.</summary>
    /// <param name="sha256">The hash of the data set.</param>
    /// <exception cref="InvalidInputException">Its hash differs.</exception>
    public void RequireSameData(string sha256)
    {
        if (sha256 != DataSha256)
        {
            throw new InvalidInputException($"data: the run was made for the data set with SHA-256 {DataSha256}, found {sha256}.");
        }
    }
}
