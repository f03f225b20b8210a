using Azure;
using Azure.Data.Tables;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Prediction.Uploads;

/// <summary>The state of the prediction of one upload.</summary>
public enum PredictionStatus
{
    /// <summary>The prediction was started at least once.</summary>
    Started,

    /// <summary>The results are in the container <c>predictions</c>.</summary>
    Predicted,

    /// <summary>The reason is in the container <c>predictions</c>.</summary>
    Failed,

    /// <summary>The upload was replaced or deleted before it was predicted. Its successor has its own result.</summary>
    Replaced,
}

/// <summary>One version of an upload in the log.</summary>
/// <param name="Attempts">Number of times that its prediction was started.</param>
/// <param name="Count">Images predicted.</param>
public sealed record PredictionRecord(
    string Name, string ETag, PredictionStatus Status, int Attempts, DateTimeOffset At, long? Count, string? Model, string? Error)
{
    public bool IsFinished => Status != PredictionStatus.Started;
}

/// <summary>Table <c>Predictions</c>: PartitionKey a hash of the upload's name, RowKey a hash of its ETag.</summary>
public sealed class PredictionLog(FashionStorage storage)
{
    /// <summary>Table columns hold 32,768 characters.</summary>
    private const int LongestError = 8000;

    private readonly TableClient _table = storage.Table(StorageNames.PredictionsTable);

    /// <summary>The record of a version; null if its prediction never started.</summary>
    public async Task<PredictionRecord?> FindAsync(IncomingBlob blob, CancellationToken cancellation)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(blob.NameKey, blob.VersionKey, cancellationToken: cancellation);
        if (!found.HasValue)
        {
            return null;
        }

        var entity = found.Value!;
        return new PredictionRecord(
            entity.GetString("Name"), entity.GetString("BlobETag"), Enum.Parse<PredictionStatus>(entity.GetString("Status")),
            entity.GetInt32("Attempts")!.Value, entity.GetDateTimeOffset("At")!.Value,
            entity.GetInt64("Count"), entity.GetString("Model"), entity.GetString("Error"));
    }

    public Task PutAsync(IncomingBlob blob, PredictionRecord record, CancellationToken cancellation) => _table.UpsertEntityAsync(
        new TableEntity(blob.NameKey, blob.VersionKey)
        {
            ["Name"] = record.Name,
            ["BlobETag"] = record.ETag,
            ["Status"] = record.Status.ToString(),
            ["Attempts"] = record.Attempts,
            ["At"] = record.At,
            ["Count"] = record.Count,
            ["Model"] = record.Model,
            ["Error"] = record.Error is { Length: > LongestError } error ? error[..LongestError] : record.Error,
        },
        TableUpdateMode.Replace, cancellation);
}
