using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Functions.Incoming.Polling;

/// <summary>Handles uploads and sources of data sets without Event Grid, as on the emulator: the host polls for new blobs.</summary>
public sealed class BlobTriggerFunctions(FashionStorage storage, IncomingPredictor predictor, PoisonLog log)
{
    private const string Connection = "AzureWebJobsStorage";

    // No other binding here may hold an expression such as {name}: the host would then send the blob's bytes instead of a
    // reference to it.
    [Function("StartPrediction")]
    public static Task StartPrediction(
        [BlobTrigger(StorageNames.Incoming + "/{name}", Source = BlobTriggerSource.LogsAndContainerScan, Connection = Connection)]
        BlobClient upload,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => client.StartPredictionAsync(upload, cancellation);

    [Function("StartImport")]
    public static Task StartImport(
        [BlobTrigger(
            StorageNames.Datasets + "/{name}/" + StorageNames.DatasetSource, Source = BlobTriggerSource.LogsAndContainerScan,
            Connection = Connection)]
        BlobClient source,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => client.StartImportAsync(source, cancellation);

    [Function("RecordPoisonedUpload")]
    public async Task RecordPoisonedUpload(
        [QueueTrigger("webjobs-blobtrigger-poison", Connection = Connection)] string message,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        try
        {
            // Every blob trigger on the account has this queue.
            if (PoisonedBlob.Parse(message) is { ContainerName: StorageNames.Incoming } poisoned)
            {
                var upload = storage.Container(StorageNames.Incoming).GetBlobClient(poisoned.BlobName);
                await predictor.FailUnstartedAsync(client, upload, poisoned.ETag, cancellation);
            }
        }
        catch (InvalidInputException e)
        {
            log.Drop(e.Message);
        }
    }
}
