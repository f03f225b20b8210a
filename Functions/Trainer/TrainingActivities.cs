using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Requests;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Functions.Trainer;

/// <summary>The training steps of the pipeline as activities.</summary>
public sealed class TrainingActivities(
    FitEpochsStep fitEpochs, TrainSliceStep trainSlice, EvaluateModelStep evaluateModel, SerialStepRunner runner, RunDefinitions runs,
    ILogger<TrainingActivities> log)
{
    [Function(nameof(PipelineSteps.FitEpochs))]
    public async Task<RunConfiguration> FitEpochs([ActivityTrigger] RunRequest request, CancellationToken shutdown) =>
        await runner.RunAsync(fitEpochs.Traced(PipelineSteps.FitEpochs, log), request, await LimitAsync(request.RunId, shutdown), shutdown);

    [Function(nameof(PipelineSteps.TrainSlice))]
    public async Task<TrainSliceResult> TrainSlice([ActivityTrigger] TrainingId request, CancellationToken shutdown)
    {
        var slice = await runner.RunAsync(
            trainSlice.Traced(PipelineSteps.TrainSlice, log), request, await LimitAsync(request.RunId, shutdown), shutdown);
        // A host that shuts down ends its slice early. That is not a cancellation of the run; the next slice continues.
        return shutdown.IsCancellationRequested ? slice with { Cancelled = false } : slice;
    }

    [Function(nameof(PipelineSteps.EvaluateModel))]
    public async Task<EvaluatedModel> EvaluateModel([ActivityTrigger] TrainingId request, CancellationToken shutdown) =>
        await runner.RunAsync(
            evaluateModel.Traced(PipelineSteps.EvaluateModel, log), request, await LimitAsync(request.RunId, shutdown), shutdown);

    private async Task<TimeSpan> LimitAsync(string runId, CancellationToken cancellation)
    {
        using var patience = StoragePatience.Begin(StoragePatience.OfRuns);
        return TimeSpan.FromMinutes((await runs.GetAsync(runId, cancellation)).Configuration.SliceTimeoutMinutes);
    }
}
