using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Functions.Incoming;

/// <summary>
/// Receives upload events from a storage queue, so that Event Grid needs neither an address nor a key of this app. After five failed
/// deliveries the host moves a message to the poison queue.
/// </summary>
public sealed class UploadEventFunctions(FashionStorage storage, IncomingPredictor predictor, PoisonLog log)
{
    private const string Connection = "AzureWebJobsStorage";

    private readonly BlobContainerClient _incoming = storage.Container(StorageNames.Incoming);
    private readonly BlobContainerClient _datasets = storage.Container(StorageNames.Datasets);

    [Function("StartAnnouncedPrediction")]
    public async Task StartAnnouncedPrediction(
        [QueueTrigger(StorageNames.IncomingEvents, Connection = Connection)] string message,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        foreach (var upload in UploadEvent.Read(message))
        {
            if (upload.Container == StorageNames.Datasets)
            {
                await client.StartImportAsync(_datasets.GetBlobClient(upload.Name), cancellation);
            }
            else
            {
                await client.StartPredictionAsync(_incoming.GetBlobClient(upload.Name), cancellation);
            }
        }
    }

    [Function("RecordPoisonedEvent")]
    public async Task RecordPoisonedEvent(
        [QueueTrigger(StorageNames.IncomingEvents + "-poison", Connection = Connection)] string message,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        try
        {
            foreach (var upload in UploadEvent.Read(message))
            {
                if (upload.Container == StorageNames.Datasets)
                {
                    log.Drop($"the import of {upload.Container}/{upload.Name} could not be started.");
                }
                else
                {
                    await predictor.FailUnstartedAsync(client, _incoming.GetBlobClient(upload.Name), upload.ETag, cancellation);
                }
            }
        }
        catch (InvalidInputException e)
        {
            log.Drop(e.Message);
        }
    }
}
