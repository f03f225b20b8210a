using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Pipeline;

/// <summary>The steps of the pipeline. Names are part of stored histories: never rename one.</summary>
public static class PipelineSteps
{
    /// <summary>Finds and stores the data, and assigns images to the three sets.</summary>
    public static Step<RunRequest, PreparedData> PrepareData { get; } = new("PrepareData", StepKind.Light);

    /// <summary>Reads from the run's definition which trainings it has, their order and their deadline.</summary>
    public static Step<RunRequest, TrainingPlan> PlanTrainings { get; } = new("PlanTrainings", StepKind.Light);

    /// <summary>
    /// Measures the machine and shortens the trainings to fit the run's budget. The result becomes the run's configuration.
    /// </summary>
    public static Step<RunRequest, RunConfiguration> FitEpochs { get; } = new("FitEpochs", StepKind.Training);

    /// <summary>Chooses the trials of a round of a search, and adds their models to the run.</summary>
    public static Step<RoundRequest, ChosenTrials> ProposeTrials { get; } = new("ProposeTrials", StepKind.Light);

    /// <summary>Chooses the trials with the best validation accuracy.</summary>
    public static Step<RungRequest, ChosenTrials> SelectTrials { get; } = new("SelectTrials", StepKind.Light);

    /// <summary>Trains for at most the configured number of epochs, and writes a checkpoint after each.</summary>
    public static Step<TrainingId, TrainSliceResult> TrainSlice { get; } = new("TrainSlice", StepKind.Training);

    /// <summary>Measures a trained model on all three sets and exports it.</summary>
    public static Step<TrainingId, EvaluatedModel> EvaluateModel { get; } = new("EvaluateModel", StepKind.Training);

    /// <summary>Measures and exports the vote of several trained models.</summary>
    public static Step<EnsembleRequest, EvaluatedModel> EvaluateEnsemble { get; } = new("EvaluateEnsemble", StepKind.Light);

    /// <summary>Ranks the models.</summary>
    public static Step<CompareModelsRequest, ComparedModels> CompareModels { get; } = new("CompareModels", StepKind.Light);

    public static Step<RunRequest, WrittenReport> WriteReport { get; } = new("WriteReport", StepKind.Light);

    /// <summary>Makes the winner the champion if the promotion rule allows it.</summary>
    public static Step<RunRequest, Promotion> PromoteChampion { get; } = new("PromoteChampion", StepKind.Light);

    /// <summary>Records the run's status.</summary>
    public static Step<StatusChange, RecordedStatus> RecordStatus { get; } = new("RecordStatus", StepKind.Light);

    private static readonly IReadOnlyList<IStep> All =
    [
        PrepareData, PlanTrainings, FitEpochs, ProposeTrials, SelectTrials, TrainSlice, EvaluateModel, EvaluateEnsemble,
        CompareModels, WriteReport, PromoteChampion, RecordStatus,
    ];

    /// <summary>The names of all steps of a kind.</summary>
    public static IEnumerable<string> NamesOf(StepKind kind) => All.Where(step => step.Kind == kind).Select(step => step.Name);
}

/// <summary>The handlers of the light steps. The project that trains registers its own.</summary>
internal static class LightStepServices
{
    public static StepRegistry CreateRegistry(IServiceProvider services)
    {
        return new StepRegistry(services.GetRequiredService<ILogger<StepRegistry>>())
            .Add(PipelineSteps.PrepareData, Handler<PrepareDataStep>())
            .Add(PipelineSteps.PlanTrainings, Handler<PlanTrainingsStep>())
            .Add(PipelineSteps.ProposeTrials, Handler<ProposeTrialsStep>())
            .Add(PipelineSteps.SelectTrials, Handler<SelectTrialsStep>())
            .Add(PipelineSteps.EvaluateEnsemble, Handler<EvaluateEnsembleStep>())
            .Add(PipelineSteps.CompareModels, Handler<CompareModelsStep>())
            .Add(PipelineSteps.WriteReport, Handler<WriteReportStep>())
            .Add(PipelineSteps.PromoteChampion, Handler<PromoteChampionStep>())
            .Add(PipelineSteps.RecordStatus, Handler<RecordStatusStep>())
            .RequireAll(StepKind.Light);

        T Handler<T>() => ActivatorUtilities.CreateInstance<T>(services);
    }
}
