using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ServerlessFashion.Prediction;
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

    [Function("StartAnnouncedPrediction")]
    public async Task StartAnnouncedPrediction(
        [QueueTrigger(StorageNames.IncomingEvents, Connection = Connection)] string message,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        foreach (var name in UploadEvent.ReadNames(message))
        {
            await client.StartPredictionAsync(_incoming.GetBlobClient(name), cancellation);
        }
    }

    [Function("RecordPoisonedEvent")]
    public async Task RecordPoisonedEvent(
        [QueueTrigger(StorageNames.IncomingEvents + "-poison", Connection = Connection)] string message, CancellationToken cancellation)
    {
        try
        {
            foreach (var name in UploadEvent.ReadNames(message))
            {
                await predictor.FailUnstartedAsync(_incoming.GetBlobClient(name), cancellation);
            }
        }
        catch (InvalidInputException e)
        {
            log.Drop(e.Message);
        }
    }
}
