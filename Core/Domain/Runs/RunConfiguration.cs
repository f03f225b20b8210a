using System.Text.Json.Serialization;
using ServerlessFashion.Data;
using ServerlessFashion.Devices;
using ServerlessFashion.Models;
using ServerlessFashion.Search;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Runs;

/// <summary>
/// The effective configuration of a run: everything that determines its results. It is stored completely with the run, printed at
/// its start, and part of every checkpoint, so no result depends on later defaults.
/// </summary>
public sealed record RunConfiguration
{
    /// <summary>The preset of this configuration.</summary>
    public required string Preset { get; init; }

    /// <summary>Name of the data set; null for Fashion-MNIST.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Dataset { get; init; }

    public required LabelScheme Labels { get; init; }

    public required DatasetSplit Split { get; init; }

    /// <summary>Seed of the stratified train/validation split and of the subsets.</summary>
    public required int SplitSeed { get; init; }

    /// <summary>Share of the training images held out for validation; of each fold in a cross-validation.</summary>
    public required double ValidationShare { get; init; }

    /// <summary>
    /// Number of folds of a cross-validation, in which the training with seed k validates on fold k; null for one validation set.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Folds { get; init; }

    /// <summary>Share of the train part that is held out as the test set; null where the data set has its own test images.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestShare { get; init; }

    /// <summary>Stratified subset size of the training set; null for all.</summary>
    public int? TrainLimit { get; init; }

    /// <summary>Stratified subset size of the validation set; null for all.</summary>
    public int? ValidationLimit { get; init; }

    /// <summary>Stratified subset size of the test set; null for all.</summary>
    public int? TestLimit { get; init; }

    public required IReadOnlyList<ModelConfiguration> Models { get; init; }

    /// <summary>One sentence for each model of the preset that the data set does not allow; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? LeftOut { get; init; }

    /// <summary>
    /// The options of training that the caller set, by model and name. <see cref="Models"/> and the specs of the run contain them already.
    /// Null if there are none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, OptionValue>? Set { get; init; }

    /// <summary>
    /// True if each class has the same weight in the training loss, see <see cref="Data.ClassWeights"/>; null where each image has.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? ClassWeights { get; init; }

    /// <summary>Every model is trained once with each seed, unless it has its own seeds.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>The ensembles of the trained models. The default value is none.</summary>
    public IReadOnlyList<EnsembleConfiguration> Ensembles { get; init; } = [];

    /// <summary>
    /// True if a model starts from random weights where its ImageNet weights cannot be downloaded. In runs of earlier versions every
    /// model did so. The default value is false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AllowRandomWeights { get; init; }

    /// <summary>Maximum number of epochs in one training slice.</summary>
    public required int SliceEpochs { get; init; }

    /// <summary>The time limit of the run from its start to its report; null for no limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimeSpan? Budget { get; init; }

    /// <summary>
    /// The epochs of each phase by model, before the <see cref="Budget"/> shortened them. Null before that, and without a budget.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<int>>? RecipeEpochs { get; init; }

    /// <summary>The search for better options of the run's model; null if the run is not a search.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchSettings? Search { get; init; }

    /// <summary>
    /// The trials of the search so far; each is one of <see cref="Models"/> too. Null before its first round, and without a search.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Trial>? Trials { get; init; }

    /// <summary>
    /// The requested device. Each training records the device that it started on, and stays on it. Runs stored before the device
    /// could be chosen have null, which means <see cref="DeviceChoice.Auto"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DeviceChoice? Device { get; init; }

    /// <summary>CPU threads of one training process. Results are bit-identical only with the same number of threads.</summary>
    public required int ThreadsPerTraining { get; init; }

    /// <summary>
    /// Maximum duration of one training slice in minutes. After that the model counts as failed. After half of it a slice ends with its
    /// epoch, and the next slice continues, so only an epoch that takes longer than the other half can fail the model.
    /// </summary>
    public required int SliceTimeoutMinutes { get; init; }

    /// <summary>Every training of the run: each model with each of its seeds.</summary>
    public IEnumerable<(ModelConfiguration Model, int Seed)> Trainings() =>
        Models.SelectMany(model => (model.Seeds ?? Seeds).Select(seed => (model, seed)));

    /// <summary>Every model that the run evaluates, with its seed: the trainings and then the ensembles.</summary>
    public IEnumerable<(string Name, int Seed)> Results() =>
        Trainings().Select(training => (training.Model.Name, training.Seed))
            .Concat(Ensembles.Select(ensemble => (ensemble.Name, EnsembleConfiguration.Seed)));

    /// <summary>The settings that determine the training, validation and test images of the run.</summary>
    public SplitSettings ToSplitSettings() => new()
    {
        Labels = Labels,
        Split = Split,
        Seed = SplitSeed,
        ValidationShare = ValidationShare,
        TestShare = TestShare ?? SplitSettings.DefaultTestShare,
        Folds = Folds,
        TrainLimit = TrainLimit,
        ValidationLimit = ValidationLimit,
        TestLimit = TestLimit,
    };

    /// <summary>
    /// The rounds of the run's search; null if it is none. A trial that is never stopped trains as long as the model itself.
    /// </summary>
    public SearchPlan? PlanSearch() =>
        Search is null ? null : SearchPlan.Of(Search, Models.Single(model => model.Name == Search.Model).TotalEpochs);

    /// <summary>
    /// What decides the training of a model: everything but the other trials of the search, which it adds while its first ones train.
    /// </summary>
    public RunConfiguration OfTraining(string model)
    {
        if (Trials is null)
        {
            return this;
        }

        Trial[] own = [.. Trials.Where(trial => trial.Name == model)];
        return this with
        {
            Models = [.. Models.Where(known => known.Name == model || !IsTrial(known.Name))],
            Trials = own is [] ? null : own,
        };
    }

    /// <summary>Whether a model is a trial of the run's search.</summary>
    public bool IsTrial(string model) => Trials?.Any(trial => trial.Name == model) ?? false;

    /// <summary>Whether the scores of a model take part in a vote.</summary>
    public bool Votes(string model) => Ensembles.Any(ensemble => ensemble.Members.Contains(model));
}

/// <summary>The training of one model in this run.</summary>
public sealed record ModelConfiguration
{
    /// <summary>The model's name; its spec of that name is in <see cref="RunDefinition.Specs"/>.</summary>
    public required string Name { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>The training phases in order, with the epochs of this run.</summary>
    public required IReadOnlyList<TrainingPhase> Phases { get; init; }

    /// <summary>Size of the stratified subset of the run's training images for this model; null for all of them.</summary>
    public int? TrainLimit { get; init; }

    /// <summary>The seeds of this model; null for the run's seeds.</summary>
    public IReadOnlyList<int>? Seeds { get; init; }

    /// <summary>Epochs of all phases. Early stopping may end a training sooner, see <see cref="TrainingCourse"/>.</summary>
    public int TotalEpochs => Phases.Sum(phase => phase.Epochs);
}
