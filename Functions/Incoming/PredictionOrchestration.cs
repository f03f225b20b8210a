using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Prediction;

namespace ServerlessFashion.Functions.Incoming;

/// <summary>A prediction that is given up, and why.</summary>
public sealed record AbandonedUpload(IncomingBlob Blob, string Reason);

/// <summary>One orchestration for each version of an upload. <see cref="IncomingPredictor"/> defines what a prediction does.</summary>
public sealed class PredictionOrchestration(IncomingPredictor predictor)
{
    [Function(nameof(PredictUpload))]
    public static async Task<PredictionRecord> PredictUpload([OrchestrationTrigger] TaskOrchestrationContext context, IncomingBlob blob)
    {
        try
        {
            return await context.CallActivityAsync<PredictionRecord>(nameof(PredictBlob), blob, StepRetry.Options(DurableTimings.Default.FirstRetry));
        }
        catch (TaskFailedException failed)
        {
            var abandoned = new AbandonedUpload(blob, $"{blob.Name}: {StepRetry.Describe(nameof(PredictBlob), failed.FailureDetails)}");
            return await context.CallActivityAsync<PredictionRecord>(nameof(AbandonUpload), abandoned, StepRetry.Options(DurableTimings.Default.FirstRetry));
        }
    }

    [Function(nameof(PredictBlob))]
    public Task<PredictionRecord> PredictBlob([ActivityTrigger] IncomingBlob blob, CancellationToken shutdown) => predictor.PredictAsync(blob, shutdown);

    [Function(nameof(AbandonUpload))]
    public Task<PredictionRecord> AbandonUpload([ActivityTrigger] AbandonedUpload upload, CancellationToken shutdown) =>
        predictor.FailAsync(upload.Blob, upload.Reason, shutdown);
}
