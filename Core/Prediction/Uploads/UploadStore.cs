using System.Text.Json;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessFashion.Predictions;
using ServerlessFashion.Serialization;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Prediction.Uploads;

/// <summary>Puts files into the container <c>incoming</c>, and reads what became of them.</summary>
public sealed class UploadStore(FashionStorage storage, PredictionLog log)
{
    private const int BlockBytes = 4 << 20;

    private readonly BlobContainerClient _incoming = storage.Container(StorageNames.Incoming);
    private readonly BlobContainerClient _predictions = storage.Container(StorageNames.Predictions);

    /// <summary>Stores a file in bounded memory, and replaces an earlier one of that name.</summary>
    /// <param name="content">Read once, from its current position to its end.</param>
    /// <returns>The version of the file.</returns>
    public async Task<string> PutAsync(string name, Stream content, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions
        {
            TransferOptions = new StorageTransferOptions
            {
                InitialTransferSize = BlockBytes,
                MaximumTransferSize = BlockBytes,
                MaximumConcurrency = 1,
            },
        };
        var stored = await _incoming.GetBlobClient(name).UploadAsync(content, options, cancellation);
        return new IncomingBlob(name, stored.Value.ETag).Version;
    }

    /// <summary>The newest version of a file; null if there is none.</summary>
    public async Task<string?> FindVersionAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var found = await _incoming.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellation);
            return new IncomingBlob(name, found.Value.ETag).Version;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>What became of one version of a file. A version that nobody knows waits.</summary>
    public async Task<UploadOutcome> GetOutcomeAsync(string name, string version, CancellationToken cancellation)
    {
        var blob = new IncomingBlob(name, new ETag($"\"{version}\""));
        var record = await log.FindAsync(blob, cancellation);
        return record?.Status switch
        {
            PredictionStatus.Predicted when await FindSummaryAsync(blob, cancellation) is { } summary =>
                new UploadOutcome(UploadStatus.Predicted, summary, null),
            PredictionStatus.Predicted or PredictionStatus.Replaced => new UploadOutcome(UploadStatus.Replaced, null, null),
            PredictionStatus.Failed => new UploadOutcome(UploadStatus.Failed, null, record.Error),
            PredictionStatus.Started => new UploadOutcome(UploadStatus.Started, null, null),
            _ => new UploadOutcome(UploadStatus.Waiting, null, null),
        };
    }

    /// <summary>The predictions of the newest predicted version of a file as CSV; null if there are none.</summary>
    public async Task<Stream?> FindRowsAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var blob = new IncomingBlob(name, default);
            return (await _predictions.GetBlobClient(blob.CsvBlob).DownloadStreamingAsync(cancellationToken: cancellation)).Value.Content;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>The summary of a version; null if a newer version has replaced it.</summary>
    private async Task<PredictionSummary?> FindSummaryAsync(IncomingBlob blob, CancellationToken cancellation)
    {
        try
        {
            var stored = await _predictions.GetBlobClient(blob.SummaryBlob).DownloadContentAsync(cancellation);
            var summary = JsonSerializer.Deserialize<SummaryDocument>(stored.Value.Content, Json.Compact)!;
            return summary.Etag == blob.Version
                ? new PredictionSummary(summary.Count, summary.Model, summary.Seconds, summary.LabelCounts, summary.Warnings)
                : null;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }
}
