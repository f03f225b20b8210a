using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Data;
using ServerlessFashion.Serialization;
using ServerlessFashion.Storage;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Application;

/// <summary>What became of a source.</summary>
/// <param name="Set">The registered set; null if the source cannot become one.</param>
/// <param name="Error">Why it cannot; null if it was registered.</param>
public sealed record SentSourceOutcome(string Name, DatasetDescription? Set, string? Error);

/// <summary>
/// Registers data sets whose sources somebody put into storage, as <c>datasets/NAME/source.zip</c>. The blob goes when its set is
/// registered. A source that cannot become a set stays, and <c>source.error.json</c> beside it has the reason; that version is not tried
/// again.
/// </summary>
public sealed class SentSources(
    FashionStorage storage, DatasetService datasets, TimeProvider time, ILogger<SentSources>? log = null)
{
    private readonly BlobContainerClient _datasets = storage.Container(StorageNames.Datasets);
    private readonly ILogger _log = log ?? NullLogger<SentSources>.Instance;

    /// <param name="Etag">The version of the source.</param>
    private sealed record ErrorDocument(string Name, string Etag, string Error, DateTimeOffset FailedAt);

    /// <summary>
    /// The folder of a source, which is the name of its data set; empty for a source in no folder; null for any other blob. A folder that
    /// no set can have as its name is returned too, because its import tells the sender why.
    /// </summary>
    public static string? FindName(string blob) =>
        blob == StorageNames.DatasetSource ? ""
        : blob.EndsWith($"/{StorageNames.DatasetSource}", StringComparison.Ordinal) ? blob[..^(StorageNames.DatasetSource.Length + 1)]
        : null;

    /// <summary>The names of all sources in storage, with their versions.</summary>
    public async Task<IReadOnlyList<(string Name, ETag Version)>> ListAsync(CancellationToken cancellation)
    {
        var sources = new List<(string, ETag)>();
        await foreach (var blob in _datasets.GetBlobsAsync(cancellationToken: cancellation))
        {
            if (FindName(blob.Name) is { } name)
            {
                sources.Add((name, blob.Properties.ETag!.Value));
            }
        }

        return sources;
    }

    /// <summary>Registers the set of that name from its source.</summary>
    /// <returns>Null if there is no source, or if this version of it was tried before.</returns>
    /// <exception cref="RequestFailedException">Storage failed. Another call may succeed.</exception>
    public async Task<SentSourceOutcome?> ImportAsync(string name, CancellationToken cancellation)
    {
        var source = BlobOf(name, StorageNames.DatasetSource);
        if (await FindVersionAsync(source, cancellation) is not { } version || await WasTriedAsync(name, version, cancellation))
        {
            return null;
        }

        try
        {
            var options = new BlobOpenReadOptions(allowModifications: false)
            {
                Conditions = new BlobRequestConditions { IfMatch = version },
            };
            await using var content = await source.OpenReadAsync(options, cancellation);
            var set = await datasets.AddAsync(new ImportRequest(name), content, $"{_datasets.Name}/{source.Name}", cancellation);
            return new SentSourceOutcome(name, set, null);
        }
        catch (Exception e) when (e is InvalidInputException or RefusedException)
        {
            // Another process may have registered the set from this source meanwhile; the source is gone then.
            return await FindVersionAsync(source, cancellation) == version
                ? await FailAsync(name, version, e.Message, cancellation)
                : null;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            if (await FindVersionAsync(source, cancellation) == version)
            {
                throw;
            }

            // The source was taken away or replaced while it was read. The newer version has its own outcome.
            return null;
        }
    }

    private async Task<SentSourceOutcome> FailAsync(string name, ETag version, string reason, CancellationToken cancellation)
    {
        var document = new ErrorDocument(name, version.ToString(), reason, time.GetUtcNow());
        await ErrorOf(name).UploadAsync(
            BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(document, Json.Compact)),
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } }, cancellation);
        _log.SourceRefused(name, reason);
        return new SentSourceOutcome(name, null, reason);
    }

    private async Task<bool> WasTriedAsync(string name, ETag version, CancellationToken cancellation)
    {
        try
        {
            var content = await ErrorOf(name).DownloadContentAsync(cancellation);
            return content.Value.Content.ToObjectFromJson<ErrorDocument>(Json.Compact)?.Etag == version.ToString();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private BlobClient ErrorOf(string name) => BlobOf(name, StorageNames.DatasetSourceError);

    private BlobClient BlobOf(string folder, string file) => _datasets.GetBlobClient(folder.Length == 0 ? file : $"{folder}/{file}");

    private static async Task<ETag?> FindVersionAsync(BlobClient blob, CancellationToken cancellation)
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
