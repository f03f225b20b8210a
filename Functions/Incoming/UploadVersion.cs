using Azure;
using Azure.Storage.Blobs;
using Microsoft.DurableTask.Client;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Prediction.Uploads;

namespace ServerlessFashion.Functions.Incoming;

/// <summary>
/// Finds the current version of an upload, and starts its prediction or records that it could not be started. The version in a message
/// may be outdated, and a change
/// of a blob's metadata creates a version that no message announces.
/// </summary>
internal static class UploadVersion
{
    /// <summary>
    /// Starts the prediction of an upload's current version, unless it was started before or the upload no longer exists.
    /// </summary>
    public static async Task StartPredictionAsync(this DurableTaskClient client, BlobClient upload, CancellationToken cancellation)
    {
        if (await FindAsync(upload, cancellation) is { } blob)
        {
            await client.StartOnceAsync(nameof(PredictionOrchestration.PredictUpload), blob, blob.Id, cancellation);
        }
    }

    /// <summary>
    /// Records that the prediction of an upload's current version could not be started. Does nothing if the upload no longer
    /// exists, if it was replaced (another message announces that), or if another delivery of the message has started the
    /// prediction.
    /// </summary>
    /// <param name="version">The ETag in the message, with or without quotes; null if there is none.</param>
    public static async Task FailUnstartedAsync(
        this IncomingPredictor predictor, DurableTaskClient client, BlobClient upload, string? version, CancellationToken cancellation)
    {
        if (await FindAsync(upload, cancellation) is { } blob
            && (version is null || blob == new IncomingBlob(upload.Name, new ETag(version)))
            && await client.GetInstanceAsync(blob.Id, cancellation) is null)
        {
            await predictor.FailAsync(blob, $"{blob.Name}: its prediction could not be started; the app's log says why.", cancellation);
        }
    }

    private static async Task<IncomingBlob?> FindAsync(BlobClient upload, CancellationToken cancellation)
    {
        try
        {
            return new IncomingBlob(upload.Name, (await upload.GetPropertiesAsync(cancellationToken: cancellation)).Value.ETag);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }
}
