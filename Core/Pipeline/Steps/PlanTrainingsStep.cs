using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>Reads a run's plan from its definition. A second call reads the same, until <c>FitEpochs</c> has fitted the epochs.</summary>
public sealed class PlanTrainingsStep(FashionStorage storage) : IStepHandler<RunRequest, TrainingPlan>
{
    private readonly RunDefinitions _definitions = new(storage);

    public async Task<TrainingPlan> RunAsync(RunRequest request, CancellationToken cancellation) =>
        TrainingPlan.Of(await _definitions.GetAsync(request.RunId, cancellation));
}
