using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Serialization;
using ServerlessFashion.Storage;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Prediction.Uploads;

/// <summary>
/// The results of uploads in the container <c>predictions</c>. A version of an upload never changes those of a later one.
/// </summary>
internal sealed class PredictionResults(FashionStorage storage, ILogger log)
{
    private readonly BlobContainerClient _incoming = storage.Container(StorageNames.Incoming);
    private readonly BlobContainerClient _predictions = storage.Container(StorageNames.Predictions);

    /// <summary>True if the container still holds this version of the upload.</summary>
    public async Task<bool> IsCurrentAsync(IncomingBlob blob, CancellationToken cancellation) =>
        await FindTagAsync(_incoming.GetBlobClient(blob.Name), cancellation) is { } tag && new IncomingBlob(blob.Name, tag) == blob;

    /// <summary>Writes a result as JSON, like <see cref="TryUploadAsync"/>.</summary>
    /// <returns>False if the upload is no longer current.</returns>
    public async Task<bool> TryPutAsync<T>(IncomingBlob blob, string name, T document, CancellationToken cancellation)
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(document, Json.Compact));
        return await TryUploadAsync(blob, name, content, "application/json", cancellation);
    }

    /// <summary>Writes a result under its final name, and replaces that of an earlier version.</summary>
    /// <returns>False if the upload is no longer current.</returns>
    public async Task<bool> TryUploadAsync(
        IncomingBlob blob, string name, Stream content, string contentType, CancellationToken cancellation)
    {
        ETag written = default;
        var done = await TryChangeAsync(blob, name, async (target, standing) =>
        {
            content.Position = 0;
            var options = new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
                Conditions = standing is { } tag
                    ? new BlobRequestConditions { IfMatch = tag }
                    : new BlobRequestConditions { IfNoneMatch = ETag.All },
            };
            written = (await target.UploadAsync(content, options, cancellation)).Value.ETag;
        }, cancellation);
        if (!done || await IsCurrentAsync(blob, cancellation))
        {
            return done;
        }

        // The next version may have arrived and found nothing here to delete, so this version deletes its own result.
        await DeleteIfStandingAsync(_predictions.GetBlobClient(name), written, cancellation);
        return false;
    }

    /// <summary>Deletes the result of an earlier version.</summary>
    /// <returns>False if the upload is no longer current.</returns>
    public Task<bool> TryDeleteAsync(IncomingBlob blob, string name, CancellationToken cancellation) => TryChangeAsync(
        blob, name,
        (target, standing) => standing is { } tag ? DeleteIfStandingAsync(target, tag, cancellation) : Task.CompletedTask,
        cancellation);

    /// <summary>
    /// Changes a result of the upload. The method reads the ETag of the result, then checks that the upload is current, and then
    /// changes the result only if its ETag is unchanged. It therefore never changes the result of a later version.
    /// </summary>
    /// <returns>False if the upload is no longer current.</returns>
    private async Task<bool> TryChangeAsync(
        IncomingBlob blob, string name, Func<BlobClient, ETag?, Task> change, CancellationToken cancellation)
    {
        var target = _predictions.GetBlobClient(name);
        while (true)
        {
            var standing = await FindTagAsync(target, cancellation);
            if (!await IsCurrentAsync(blob, cancellation))
            {
                return false;
            }

            try
            {
                await change(target, standing);
                return true;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another version's result came in between: check again which version is current.
                log.ResultWrittenMeanwhile(blob.Name);
            }
        }
    }

    private static async Task DeleteIfStandingAsync(BlobClient target, ETag tag, CancellationToken cancellation)
    {
        try
        {
            await target.DeleteAsync(conditions: new BlobRequestConditions { IfMatch = tag }, cancellationToken: cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            // Deleted already, or another version's by now.
        }
    }

    private static async Task<ETag?> FindTagAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            return (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value.ETag;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }
}
