using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ServerlessFashion.Data;
using ServerlessFashion.Devices;
using ServerlessFashion.Models;
using ServerlessFashion.Search;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Runs;

/// <summary>
/// The options of a comparison, for the command line and for HTTP; all are optional. The attributes are part of the API's description.
/// </summary>
public sealed record ComparisonOptions
{
    public const int FewestFolds = 2;
    public const int MostFolds = 20;

    /// <summary>The default value is <c>quick</c>.</summary>
    [Description("smoke takes about a minute, quick minutes, report hours on two cores.")]
    [DefaultValue(Presets.Default)]
    public string? Preset { get; init; }

    /// <summary>Names of models; the default value is all models of the preset.</summary>
    [Description("Names of models; all of the preset when left out.")]
    [MinLength(1)]
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>
    /// Models that are defined in the request, beside the built-in ones and those of the account; the default value is none.
    /// </summary>
    [Description("Models that are defined here; `models` names them. They are the models of the run when `models` is left out.")]
    public IReadOnlyList<ModelSpec>? Specs { get; init; }

    /// <summary>Name of a registered data set; the default value is Fashion-MNIST.</summary>
    [Description("Name of a registered data set.")]
    [DefaultValue(DatasetDescription.FashionMnistName)]
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,62}$")]
    public string? Dataset { get; init; }

    /// <summary>
    /// The default value is <see cref="LabelScheme.Five"/> for Fashion-MNIST, and <see cref="LabelScheme.Classes"/> for other data sets.
    /// </summary>
    [Description("The labels of fashion-mnist: five or garments; five when left out. Every other data set has its classes.")]
    public LabelScheme? Labels { get; init; }

    /// <summary>
    /// The default value is <see cref="DatasetSplit.Competition"/> for Fashion-MNIST. Other data sets have one split each.
    /// </summary>
    [Description(
        "The split of fashion-mnist: competition or original; competition when left out. Every other data set has its own test part, or "
        + "a share held out by seed.")]
    public DatasetSplit? Split { get; init; }

    /// <summary>The number of trainings of every model, with seeds 1, 2, ...; the default value is 1.</summary>
    [Description("The number of trainings of every model, with seeds 1, 2, ...")]
    [DefaultValue(1)]
    [Range(1, Presets.MaxSeeds)]
    public int? Seeds { get; init; }

    /// <summary>
    /// The number of folds of a cross-validation: every model is trained once for each fold, which is its validation set. The default
    /// value is no folds. <see cref="Seeds"/> must then be left out.
    /// </summary>
    [Description(
        "The number of folds of a stratified cross-validation. Every model is trained once for each fold, which is its validation set; the "
        + "training with seed k validates on fold k. Leave `seeds` out. No folds when left out.")]
    [Range(FewestFolds, MostFolds)]
    public int? Folds { get; init; }

    /// <summary>Epochs by model name, over all its phases; the default value is the preset's.</summary>
    [Description("Epochs by model name, over all its phases.")]
    public IReadOnlyDictionary<string, int>? Epochs { get; init; }

    /// <summary>Options of the training by model and name, such as <c>model4.batchSize</c>; see <see cref="SpecOptions"/>.</summary>
    [Description("Options of the training by model and name, such as `model4.learningRate`; the preset's when left out.")]
    public IReadOnlyDictionary<string, OptionValue>? Set { get; init; }

    /// <summary>
    /// Whether the classes weigh the same in the training loss, see <see cref="Data.ClassWeights"/>; the default value is false.
    /// </summary>
    [Description(
        "Whether all classes weigh the same in the training loss, however many training images each has. Validation and test are measured "
        + "without weights.")]
    [DefaultValue(false)]
    public bool? ClassWeights { get; init; }

    /// <summary>Searches for better options of one model; the default value is no search.</summary>
    [Description("Searches for better options of one model. The run trains the model itself too.")]
    public SearchOptions? Search { get; init; }

    /// <summary>
    /// The time budget of the run, such as <c>30m</c>; the run trains fewer epochs to meet it. The default value is no limit.
    /// </summary>
    [Description("The time budget of the run; the run trains fewer epochs to meet it. No limit when left out.")]
    [RegularExpression("^([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?$")]
    public string? Budget { get; init; }

    /// <summary>The default value is the host's setting, which is <see cref="DeviceChoice.Auto"/> by default.</summary>
    [Description(
        "The device of the trainings. `auto` leaves the choice to the process that trains. `cuda` fails where that process has no "
            + "NVIDIA GPU "
        + "that it can use. The server's setting when left out.")]
    public DeviceChoice? Device { get; init; }

    /// <summary>
    /// True if a model may start from random weights where its ImageNet weights cannot be downloaded; it fails otherwise. The default
    /// value is false.
    /// </summary>
    [Description("A model starts from random weights where its ImageNet weights cannot be downloaded; otherwise it fails.")]
    [DefaultValue(false)]
    public bool? AllowRandomWeights { get; init; }

    /// <summary>A name for people; the default value is none. It decides no number.</summary>
    [Description("A name for people. It can be changed later.")]
    [MaxLength(RunDescription.LongestName)]
    public string? Name { get; init; }

    /// <summary>Words by which lists select runs; the default value is none. They decide no number.</summary>
    [Description("Words by which lists select runs. They can be changed later.")]
    [MaxLength(RunDescription.MostTags)]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Free text; the default value is none. It decides no number.</summary>
    [Description("Free text about the run. It can be changed later.")]
    [MaxLength(RunDescription.LongestNotes)]
    public string? Notes { get; init; }

    /// <summary>Names in <see cref="Models"/> that are neither built in nor in <see cref="Specs"/>, and may be in the account.</summary>
    public IEnumerable<string> ModelsOfUsers() => (Models ?? [])
        .Where(name => SpecNames.IsValid(name)
            && ModelCatalogue.Find(name) is null && Specs?.Any(spec => spec.Name == name) is not true).Distinct();
}
