using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>Reads a run's plan from its definition. A second call reads the same, until <c>FitEpochs</c> has fitted the epochs.</summary>
internal sealed class PlanTrainingsStep(RunDefinitions definitions) : IStepHandler<RunRequest, TrainingPlan>
{
    public async Task<TrainingPlan> RunAsync(RunRequest request, CancellationToken cancellation) =>
        TrainingPlan.Of(await definitions.GetAsync(request.RunId, cancellation));
}
