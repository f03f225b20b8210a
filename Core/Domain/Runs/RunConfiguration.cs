using System.Text.Json.Serialization;
using ServerlessFashion.Data;
using ServerlessFashion.Devices;
using ServerlessFashion.Models;

namespace ServerlessFashion.Runs;

/// <summary>
/// The effective configuration of a run: everything that decides its numbers. It is stored whole with the run,
/// printed at its start and carried in every checkpoint, so that nothing depends on later defaults.
/// </summary>
public sealed record RunConfiguration
{
    /// <summary>The preset that this configuration grew from.</summary>
    public required string Preset { get; init; }

    public required LabelScheme Labels { get; init; }

    public required DatasetSplit Split { get; init; }

    /// <summary>Seed of the stratified train/validation split and of the subsets.</summary>
    public required int SplitSeed { get; init; }

    /// <summary>Share of the training images that is held out for validation.</summary>
    public required double ValidationShare { get; init; }

    /// <summary>Stratified subset size of the training set; null for all.</summary>
    public int? TrainLimit { get; init; }

    /// <summary>Stratified subset size of the validation set; null for all.</summary>
    public int? ValidationLimit { get; init; }

    /// <summary>Stratified subset size of the test set; null for all.</summary>
    public int? TestLimit { get; init; }

    public required IReadOnlyList<ModelConfiguration> Models { get; init; }

    /// <summary>Every model is trained once for each seed, unless it has seeds of its own.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>What the trained models make together. The default value is nothing.</summary>
    public IReadOnlyList<EnsembleConfiguration> Ensembles { get; init; } = [];

    /// <summary>Most epochs that one training slice runs before it returns.</summary>
    public required int SliceEpochs { get; init; }

    /// <summary>How long the run may take, from its start to its report; null for as long as it needs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimeSpan? Budget { get; init; }

    /// <summary>
    /// By model, the epochs of each phase before the <see cref="Budget"/> shortened them; null until it has, and where there
    /// is none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<int>>? RecipeEpochs { get; init; }

    /// <summary>
    /// The device that the run asks for; each training records the one it began on and goes on there. Null, in runs that were stored
    /// before there was a choice, means <see cref="DeviceChoice.Auto"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DeviceChoice? Device { get; init; }

    /// <summary>CPU threads of one training process. Results are reproducible to the bit at the same number only.</summary>
    public required int ThreadsPerTraining { get; init; }

    /// <summary>Longest time that one training slice may take before the model counts as failed, in minutes.</summary>
    public required int SliceTimeoutMinutes { get; init; }

    /// <summary>Every training of the run: each model with each of its seeds.</summary>
    public IEnumerable<(ModelConfiguration Model, int Seed)> Trainings() =>
        Models.SelectMany(model => (model.Seeds ?? Seeds).Select(seed => (model, seed)));
}

/// <summary>How one model is trained in this run.</summary>
public sealed record ModelConfiguration
{
    /// <summary>The model's name in <see cref="ModelCatalogue"/>.</summary>
    public required string Name { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>The training phases in order, with the epochs of this run.</summary>
    public required IReadOnlyList<TrainingPhase> Phases { get; init; }

    /// <summary>Stratified subset of the run's training images that this model alone is trained on; null for all of them.</summary>
    public int? TrainLimit { get; init; }

    /// <summary>The seeds that this model alone is trained with; null for the run's.</summary>
    public IReadOnlyList<int>? Seeds { get; init; }

    /// <summary>Epochs over all phases in full; early stopping may end a training sooner, see <see cref="TrainingCourse"/>.</summary>
    public int TotalEpochs => Phases.Sum(phase => phase.Epochs);
}
