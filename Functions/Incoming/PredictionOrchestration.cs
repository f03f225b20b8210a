using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Functions.Incoming;

/// <summary>A prediction that failed for good, with the reason.</summary>
public sealed record AbandonedUpload(IncomingBlob Blob, string Reason);

/// <summary>One orchestration for each version of an upload. <see cref="IncomingPredictor"/> defines what a prediction does.</summary>
public sealed class PredictionOrchestration(FashionStorage storage, IncomingPredictor predictor)
{
    [Function(nameof(PredictUpload))]
    public static async Task<PredictionRecord> PredictUpload([OrchestrationTrigger] TaskOrchestrationContext context, IncomingBlob blob)
    {
        try
        {
            var record = await context.CallActivityAsync<PredictionRecord>(nameof(PredictBlob), blob, Attempts());
            if (record.Status == PredictionStatus.Replaced)
            {
                // A change of metadata alone makes a version that no message announces.
                await context.CallActivityAsync(nameof(StartCurrentVersion), blob.Name, Attempts());
            }

            return record;
        }
        catch (TaskFailedException failed)
        {
            var abandoned = new AbandonedUpload(blob, $"{blob.Name}: {StepRetry.Describe(nameof(PredictBlob), failed.FailureDetails)}");
            return await context.CallActivityAsync<PredictionRecord>(nameof(AbandonUpload), abandoned, Attempts());
        }
    }

    [Function(nameof(StartCurrentVersion))]
    public Task StartCurrentVersion([ActivityTrigger] string name, [DurableClient] DurableTaskClient client, CancellationToken shutdown) =>
        client.StartPredictionAsync(storage.Container(StorageNames.Incoming).GetBlobClient(name), shutdown);

    [Function(nameof(PredictBlob))]
    public async Task<PredictionRecord> PredictBlob([ActivityTrigger] IncomingBlob blob, CancellationToken shutdown)
    {
        using var patience = StoragePatience.Begin(StoragePatience.OfRuns);
        return await predictor.PredictAsync(blob, shutdown);
    }

    [Function(nameof(AbandonUpload))]
    public async Task<PredictionRecord> AbandonUpload([ActivityTrigger] AbandonedUpload upload, CancellationToken shutdown)
    {
        using var patience = StoragePatience.Begin(StoragePatience.OfRuns);
        return await predictor.FailAsync(upload.Blob, upload.Reason, shutdown);
    }

    private static TaskOptions Attempts() => StepRetry.Options(DurableTimings.Default.FirstRetry);
}
