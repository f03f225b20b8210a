using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Functions;

/// <summary>The workflows of <see cref="ComparisonWorkflow"/> as orchestrations. The instance id of a comparison is its run's id.</summary>
public static class Orchestrations
{
    [Function(nameof(Comparison))]
    public static Task<ComparisonOutcome> Comparison([OrchestrationTrigger] TaskOrchestrationContext context, ComparisonInput request) =>
        new DurableWorkflowContext(context, DurableTimings.Default).RunAsync(ComparisonWorkflow.Comparison, request);

    [Function(nameof(TrainModel))]
    public static Task<TrainingOutcome> TrainModel([OrchestrationTrigger] TaskOrchestrationContext context, TrainModelInput request) =>
        new DurableWorkflowContext(context, DurableTimings.Default).RunAsync(ComparisonWorkflow.TrainModel, request);
}
