using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Prediction;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Functions.Incoming;

/// <summary>Uploads: each version of a blob starts one prediction, and one that could not even be started is recorded.</summary>
public sealed class IncomingFunctions(IncomingPredictor predictor)
{
    private const string Connection = "AzureWebJobsStorage";

#if AZURE
    private const BlobTriggerSource Source = BlobTriggerSource.EventGrid;
#else
    // The emulator raises no Event Grid events.
    private const BlobTriggerSource Source = BlobTriggerSource.LogsAndContainerScan;
#endif

    // No other binding here may hold an expression such as {name}: the host would then send the blob's bytes instead of a
    // reference to it.
    [Function("StartPrediction")]
    public static async Task StartPrediction(
        [BlobTrigger(StorageNames.Incoming + "/{name}", Source = Source, Connection = Connection)] BlobClient upload,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (await FindTagAsync(upload, cancellation) is { } tag)
        {
            var blob = new IncomingBlob(upload.Name, tag);
            await client.StartOnceAsync(nameof(PredictionOrchestration.PredictUpload), blob, blob.Id, cancellation);
        }
    }

    [Function("RecordPoisonedUpload")]
    public async Task RecordPoisonedUpload([QueueTrigger("webjobs-blobtrigger-poison", Connection = Connection)] string message, CancellationToken cancellation)
    {
        // Every blob trigger on the account has this queue.
        if (PoisonedBlob.Parse(message) is { ContainerName: StorageNames.Incoming } poisoned)
        {
            var blob = new IncomingBlob(poisoned.BlobName, new ETag(poisoned.ETag));
            await predictor.FailAsync(blob, $"{poisoned.BlobName}: its prediction could not be started; the app's log says why.", cancellation);
        }
    }

    private static async Task<ETag?> FindTagAsync(BlobClient upload, CancellationToken cancellation)
    {
        try
        {
            return (await upload.GetPropertiesAsync(cancellationToken: cancellation)).Value.ETag;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // Deleted before its turn came.
            return null;
        }
    }
}
