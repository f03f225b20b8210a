using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Predictions;
using ServerlessFashion.Storage;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Prediction.Uploads;

/// <summary>
/// Predicts uploads with the champion: of the data set whose name is the folder of the upload, or of Fashion-MNIST. Each version
/// of an upload has one outcome, no matter how often it is delivered: its rows and
/// their summary, or an error. Rows appear under their final name completely or not at all. They never replace the rows of a later
/// version.
/// </summary>
public sealed class IncomingPredictor(
    FashionStorage storage, PredictionLog predictions, ModelLoader models, TimeProvider time, ILogger<IncomingPredictor>? log = null)
{
    /// <summary>Attempts after which the prediction of a version fails for good: the upload itself may crash the process.</summary>
    public const int MostAttempts = 5;

    /// <summary>The time that a stop waits for storage.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private const int ReadBufferBytes = 4 << 20;
    private const int FileBufferBytes = 64 << 10;

    private readonly BlobContainerClient _incoming = storage.Container(StorageNames.Incoming);
    private readonly BlobContainerClient _datasets = storage.Container(StorageNames.Datasets);
    private readonly PredictionResults _results = new(storage, log ?? NullLogger<IncomingPredictor>.Instance);
    private readonly ILogger _records = log ?? NullLogger<IncomingPredictor>.Instance;

    /// <summary>Predicts one version of an upload, or returns its earlier outcome.</summary>
    /// <exception cref="RequestFailedException">Storage failed. Another call may succeed.</exception>
    public async Task<PredictionRecord> PredictAsync(IncomingBlob blob, CancellationToken cancellation)
    {
        var before = await predictions.FindAsync(blob, cancellation);
        if (before is { IsFinished: true })
        {
            return before;
        }

        if (before?.Attempts >= MostAttempts)
        {
            return await FailAsync(blob, string.Create(CultureInfo.InvariantCulture, $"{blob.Name}: its prediction was begun "
                + $"{before.Attempts} times and never came to an end."), cancellation);
        }

        var attempt = new PredictionRecord(
            blob.Name, blob.Version, PredictionStatus.Started, (before?.Attempts ?? 0) + 1, time.GetUtcNow(), null, null, null);
        await predictions.PutAsync(blob, attempt, cancellation);
        _records.UploadBegan(blob.Name, attempt.Attempts);
        try
        {
            return await PredictionTelemetry.MeasureUploadAsync(blob.Name, time, () => PredictAsync(blob, attempt, cancellation));
        }
        catch (InvalidInputException e)
        {
            return await FailAsync(blob, e.Message, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A process that stops normally was not killed by this upload.
            using var soon = new CancellationTokenSource(StopTimeout);
            await predictions.PutAsync(blob, attempt with { Attempts = attempt.Attempts - 1 }, soon.Token);
            throw;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            if (await _results.IsCurrentAsync(blob, cancellation))
            {
                throw;
            }

            return await EndAsync(blob, attempt with { Status = PredictionStatus.Replaced }, cancellation);
        }
    }

    /// <summary>Records a failed prediction and its reason. A version that already has an outcome keeps it.</summary>
    public async Task<PredictionRecord> FailAsync(IncomingBlob blob, string reason, CancellationToken cancellation)
    {
        var before = await predictions.FindAsync(blob, cancellation);
        if (before is { IsFinished: true })
        {
            return before;
        }

        var failed = new PredictionRecord(
            blob.Name, blob.Version, PredictionStatus.Failed, before?.Attempts ?? 0, time.GetUtcNow(), null, null, reason);
        if (!await _results.IsCurrentAsync(blob, cancellation))
        {
            return await EndAsync(blob, failed with { Status = PredictionStatus.Replaced, Error = null }, cancellation);
        }

        // Rows of an earlier version would be taken for this one's.
        var told = await _results.TryDeleteAsync(blob, blob.SummaryBlob, cancellation)
            && await _results.TryDeleteAsync(blob, blob.CsvBlob, cancellation)
            && await _results.TryPutAsync(blob, blob.ErrorBlob, new ErrorDocument(blob.Name, failed.ETag, reason, failed.At), cancellation);
        return await EndAsync(blob, told ? failed : failed with { Status = PredictionStatus.Replaced, Error = null }, cancellation);
    }

    private async Task<PredictionRecord> PredictAsync(IncomingBlob blob, PredictionRecord attempt, CancellationToken cancellation)
    {
        using var champion = await OpenChampionAsync(blob, cancellation);
        var options = new BlobOpenReadOptions(allowModifications: false)
        {
            BufferSize = ReadBufferBytes,
            Conditions = new BlobRequestConditions { IfMatch = blob.ETag },
        };
        await using var rows = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
            FileBufferBytes, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        PredictionSummary summary;
        await using (var content = await _incoming.GetBlobClient(blob.Name).OpenReadAsync(options, cancellation))
        {
            summary = await champion.PredictToCsvAsync(ImageSource.OfFile(content, blob.Name), rows, cancellation: cancellation);
        }

        var published = await _results.TryUploadAsync(blob, blob.CsvBlob, rows, "text/csv; charset=utf-8", cancellation)
            && await _results.TryPutAsync(
                blob, blob.SummaryBlob,
                new SummaryDocument(
                    blob.Name, attempt.ETag, summary.Count, summary.Model, summary.Seconds, summary.LabelCounts, summary.Warnings),
                cancellation)
            && await _results.TryDeleteAsync(blob, blob.ErrorBlob, cancellation);
        return await EndAsync(
            blob,
            published
                ? attempt with { Status = PredictionStatus.Predicted, Count = summary.Count, Model = summary.Model }
                : attempt with { Status = PredictionStatus.Replaced },
            cancellation);
    }

    /// <summary>
    /// The champion of the data set whose name is the folder of the upload, also if the set was removed since. For any other upload that
    /// of Fashion-MNIST.
    /// </summary>
    private async Task<LoadedModel> OpenChampionAsync(IncomingBlob blob, CancellationToken cancellation)
    {
        var folder = blob.Name.Split('/', 2) is [var first, _] && DatasetDescription.IsName(first) ? first : null;
        if (folder is not null && await models.FindChampionAsync(folder, cancellation) is { } ofSet)
        {
            return ofSet;
        }

        var isSet = folder is not null
            && await _datasets.GetBlobClient($"{folder}/{StorageNames.DatasetDescription}").ExistsAsync(cancellation);
        var champion = isSet ? null : await models.FindChampionAsync(dataset: null, cancellation);
        return champion ?? throw new InvalidInputException(
            $"{blob.Name}: there is no champion {(isSet ? $"of {folder} " : "")}to predict with; run a comparison or promote a model, then "
            + "upload the file again.");
    }

    private async Task<PredictionRecord> EndAsync(IncomingBlob blob, PredictionRecord record, CancellationToken cancellation)
    {
        var ended = record with { At = time.GetUtcNow() };
        await predictions.PutAsync(blob, ended, cancellation);
        if (ended.Status == PredictionStatus.Predicted)
        {
            _records.UploadPredicted(blob.Name, ended.Count, ended.Model);
        }
        else if (ended.Status == PredictionStatus.Failed)
        {
            PredictionTelemetry.CountPoisoned();
            _records.UploadFailed(blob.Name, ended.Error);
        }
        else
        {
            _records.UploadReplaced(blob.Name);
        }

        return ended;
    }
}
