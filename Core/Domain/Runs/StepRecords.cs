using System.Text.Json.Serialization;
using ServerlessFashion.Data;

namespace ServerlessFashion.Runs;

/// <summary>The request of a step that belongs to a run.</summary>
public interface IRunStepRequest
{
    string RunId { get; }
}

/// <summary>A step on the run as a whole.</summary>
public sealed record RunRequest(string RunId) : IRunStepRequest;

/// <summary>A step on one training: one model with one seed.</summary>
public sealed record TrainingId(string RunId, string Model, int Seed) : IRunStepRequest
{
    /// <summary>The epoch after which the training pauses; null to train to its end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? UntilEpoch { get; init; }
}

/// <summary>The request to choose the trials of a round of a search.</summary>
/// <param name="Round">Counted from 1.</param>
public sealed record RoundRequest(string RunId, int Round) : IRunStepRequest;

/// <summary>The request to choose the trials that go on after a rung.</summary>
/// <param name="Trials">The trials of the rung, by name.</param>
/// <param name="Epochs">The epochs that they have trained.</param>
/// <param name="Keep">The number of trials that go on.</param>
public sealed record RungRequest(string RunId, IReadOnlyList<string> Trials, int Epochs, int Keep) : IRunStepRequest;

/// <summary>The trials that train next, by name.</summary>
public sealed record ChosenTrials(IReadOnlyList<string> Names);

/// <summary>The request to combine finished trainings into an ensemble.</summary>
/// <param name="Name">The name of the ensemble, as in <see cref="EnsembleConfiguration"/>.</param>
public sealed record EnsembleRequest(string RunId, string Name, IReadOnlyList<TrainingId> Members) : IRunStepRequest;

/// <summary>The data of a run: the result of <c>PrepareData</c>.</summary>
/// <param name="DatasetPrefix">Prefix of the files of the data set in container <c>datasets</c>.</param>
/// <param name="SplitBlob">Blob in container <c>runs</c> with the chosen indices, see <see cref="SplitIndices"/>.</param>
/// <param name="Train">Image count of the training set of this run; with folds, of its first training.</param>
/// <param name="Validation">Likewise.</param>
/// <param name="Sha256">Hex SHA-256 over the content of the data set.</param>
/// <param name="ImageNetWeightsBlob">Only in runs of earlier versions: blob with the weights of ResNet50; null if there are none.</param>
/// <param name="ImageNetWeightsNote">Only in runs of earlier versions: names these weights, or the reason for their absence.</param>
public sealed record PreparedData(
    string DatasetPrefix, string SplitBlob, int Train, int Validation, int Test, string Sha256,
    string? ImageNetWeightsBlob, string? ImageNetWeightsNote)
{
    /// <summary>The files with ImageNet weights that models start from; null for none, and in runs of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PreparedWeights>? ImageNet { get; init; }
}

/// <summary>A file with ImageNet weights in storage.</summary>
/// <param name="File">Its name, see <see cref="Models.ImageNetFile"/>.</param>
/// <param name="Blob">Blob in container <c>datasets</c>; null if the program brings the file along, or if it is missing.</param>
/// <param name="Missing">The reason why the weights are missing, without a full stop; null if they are there.</param>
/// <param name="Remedy">What to do about it, for people; null if they are there.</param>
public sealed record PreparedWeights(string File, string? Blob, string? Missing = null, string? Remedy = null);

/// <summary>The state of a training after a slice.</summary>
/// <param name="Epoch">Epochs done, over all phases.</param>
/// <param name="TotalEpochs">Epochs done and those that may still come.</param>
/// <param name="Cancelled">True if the training saw the run's cancel flag. Finished epochs are kept.</param>
public sealed record TrainSliceResult(int Epoch, int TotalEpochs, bool Cancelled)
{
    public bool Finished => Epoch >= TotalEpochs;
}

/// <summary>The result of <c>EvaluateModel</c> in a few bytes. The blob <c>evaluation.json</c> contains the complete result.</summary>
public sealed record EvaluatedModel(string Model, int Seed, double ValidationAccuracy, double TestAccuracy);

/// <summary>
/// The outcome of one training. Exactly one of the last three values is set; none where it pauses, see <see cref="TrainingId.UntilEpoch"/>.
/// </summary>
public sealed record TrainingOutcome(string Model, int Seed, EvaluatedModel? Evaluated, string? Error, bool Cancelled);

/// <summary>The trainings that a run compares.</summary>
public sealed record CompareModelsRequest(string RunId, IReadOnlyList<TrainingOutcome> Outcomes) : IRunStepRequest;

/// <summary>The result of <c>CompareModels</c>.</summary>
/// <param name="Winner">The winner by <see cref="Evaluation.ModelRanking"/>; null if every model failed.</param>
public sealed record ComparedModels(string? Winner, IReadOnlyList<TrainingOutcome> Outcomes)
{
    /// <summary>The winner with the seed that has the best validation accuracy; null if there is no winner.</summary>
    public static EvaluatedModel? FindBest(string? winner, IEnumerable<TrainingOutcome> outcomes) =>
        outcomes.Select(outcome => outcome.Evaluated).OfType<EvaluatedModel>()
            .Where(evaluated => evaluated.Model == winner)
            .MaxBy(evaluated => evaluated.ValidationAccuracy);
}

/// <summary>The result of <c>WriteReport</c>.</summary>
/// <param name="Prefix">Folder in container <c>runs</c>.</param>
public sealed record WrittenReport(string Prefix, int Files);

/// <summary>The result of <c>PromoteChampion</c>.</summary>
public sealed record Promotion(bool Promoted, string Reason);

/// <summary>A change of a run's status.</summary>
public sealed record StatusChange(string RunId, RunStatus Status, string? Winner, string? Error) : IRunStepRequest
{
    /// <summary>The winner with its best seed; null without a winner, and in changes that an earlier version requested.</summary>
    public EvaluatedModel? Best { get; init; }
}

/// <summary>The result of <c>RecordStatus</c>: how the run stands then.</summary>
/// <param name="Status">The status asked for, or the end that the run had reached before.</param>
public sealed record RecordedStatus(RunStatus Status, string? Winner, string? Error)
{
    public bool IsFinished => Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled;
}

/// <summary>How a run ended.</summary>
public sealed record ComparisonOutcome(RunStatus Status, string? Winner, string? Error, IReadOnlyList<TrainingOutcome> Trainings);
