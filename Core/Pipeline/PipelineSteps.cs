using ServerlessFashion.Runs;

namespace ServerlessFashion.Pipeline;

/// <summary>The steps of the pipeline. Names are part of stored histories: never rename one.</summary>
public static class PipelineSteps
{
    /// <summary>Finds the data, stores it, and fixes which images each set holds.</summary>
    public static Step<RunRequest, PreparedData> PrepareData { get; } = new("PrepareData", StepKind.Light);

    /// <summary>Measures the machine and shortens the trainings to the run's budget. The result is the run's configuration from then on.</summary>
    public static Step<RunRequest, RunConfiguration> FitEpochs { get; } = new("FitEpochs", StepKind.Training);

    /// <summary>Trains for at most the configured number of epochs, a checkpoint after each.</summary>
    public static Step<TrainingStepRequest, TrainSliceResult> TrainSlice { get; } = new("TrainSlice", StepKind.Training);

    /// <summary>Measures a trained model on all three sets and exports it.</summary>
    public static Step<TrainingStepRequest, EvaluatedModel> EvaluateModel { get; } = new("EvaluateModel", StepKind.Training);

    /// <summary>Measures and exports the vote of several trained models.</summary>
    public static Step<EnsembleRequest, EvaluatedModel> EvaluateEnsemble { get; } = new("EvaluateEnsemble", StepKind.Light);

    /// <summary>Ranks the models.</summary>
    public static Step<CompareRequest, ComparedModels> CompareModels { get; } = new("CompareModels", StepKind.Light);

    public static Step<RunRequest, WrittenReport> WriteReport { get; } = new("WriteReport", StepKind.Light);

    /// <summary>Makes the winner the champion where it has earned it.</summary>
    public static Step<RunRequest, Promotion> PromoteChampion { get; } = new("PromoteChampion", StepKind.Light);

    /// <summary>Records the run's status for those who list and watch runs.</summary>
    public static Step<StatusChange, RunRecord> RecordStatus { get; } = new("RecordStatus", StepKind.Light);
}
