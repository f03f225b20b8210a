using Microsoft.Azure.Functions.Worker;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Functions;

/// <summary>The light steps of the pipeline as activities.</summary>
public sealed class Activities(StepRegistry steps)
{
    [Function(nameof(PipelineSteps.PrepareData))]
    public Task<PreparedData> PrepareData([ActivityTrigger] RunRequest request, CancellationToken shutdown) =>
        steps.Get(PipelineSteps.PrepareData).RunAsync(request, shutdown);

    [Function(nameof(PipelineSteps.PlanTrainings))]
    public Task<TrainingPlan> PlanTrainings([ActivityTrigger] RunRequest request, CancellationToken shutdown) =>
        steps.Get(PipelineSteps.PlanTrainings).RunAsync(request, shutdown);

    [Function(nameof(PipelineSteps.ProposeTrials))]
    public Task<ChosenTrials> ProposeTrials([ActivityTrigger] RoundRequest request, CancellationToken shutdown) =>
        steps.Get(PipelineSteps.ProposeTrials).RunAsync(request, shutdown);

    [Function(nameof(PipelineSteps.SelectTrials))]
    public Task<ChosenTrials> SelectTrials([ActivityTrigger] RungRequest request, CancellationToken shutdown) =>
        steps.Get(PipelineSteps.SelectTrials).RunAsync(request, shutdown);

    [Function(nameof(PipelineSteps.EvaluateEnsemble))]
    public Task<EvaluatedModel> EvaluateEnsemble([ActivityTrigger] EnsembleRequest request, CancellationToken shutdown) =>
        steps.Get(PipelineSteps.EvaluateEnsemble).RunAsync(request, shutdown);

    [Function(nameof(PipelineSteps.CompareModels))]
    public Task<ComparedModels> CompareModels([ActivityTrigger] CompareModelsRequest request, CancellationToken shutdown) =>
        steps.Get(PipelineSteps.CompareModels).RunAsync(request, shutdown);

    [Function(nameof(PipelineSteps.WriteReport))]
    public Task<WrittenReport> WriteReport([ActivityTrigger] RunRequest request, CancellationToken shutdown) =>
        steps.Get(PipelineSteps.WriteReport).RunAsync(request, shutdown);

    [Function(nameof(PipelineSteps.PromoteChampion))]
    public Task<Promotion> PromoteChampion([ActivityTrigger] RunRequest request, CancellationToken shutdown) =>
        steps.Get(PipelineSteps.PromoteChampion).RunAsync(request, shutdown);

    [Function(nameof(PipelineSteps.RecordStatus))]
    public Task<RecordedStatus> RecordStatus([ActivityTrigger] StatusChange request, CancellationToken shutdown) =>
        steps.Get(PipelineSteps.RecordStatus).RunAsync(request, shutdown);
}
