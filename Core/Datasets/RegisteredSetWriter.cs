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

namespace ServerlessFashion.Datasets;

/// <summary>
/// Writes one data set. Other processes do not see the set before <see cref="CompleteAsync"/>, and the name is locked until the writer is
/// disposed.
/// </summary>
public sealed class RegisteredSetWriter : IAsyncDisposable
{
    /// <summary>Longer than the lock of a process that died.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(BlobLock.LeaseSeconds + 5);

    private readonly BlobContainerClient _datasets;
    private readonly string _name;
    private readonly BlobLock _lock;
    private readonly ILogger _log;

    private RegisteredSetWriter(BlobContainerClient datasets, string name, BlobLock held, ILogger log)
    {
        _datasets = datasets;
        _name = name;
        _lock = held;
        _log = log;
    }

    /// <summary>Cancelled when the lock is lost: another process may begin to write the set.</summary>
    public CancellationToken Lost => _lock.Lost;

    /// <summary>Locks the name and deletes all blobs that are stored under it.</summary>
    /// <param name="replaces">Whether a registered set of this name is deleted too.</param>
    /// <exception cref="InvalidInputException">
    /// Another process writes a set of this name, or one is registered that may not be replaced.
    /// </exception>
    public static async Task<RegisteredSetWriter> BeginAsync(
        FashionStorage storage, string name, bool replaces, TimeProvider time, CancellationToken cancellation, ILogger? log = null)
    {
        log ??= NullLogger.Instance;
        var datasets = storage.Container(StorageNames.Datasets);
        var path = RegisteredSetPaths.Lock(name);
        var held = await BlobLock.AcquireAsync(datasets, path, time, cancellation, log, waited =>
        {
            if (waited > Patience)
            {
                throw new InvalidInputException($"dataset: another process is registering '{name}'; try again when it has ended.");
            }
        });
        var writer = new RegisteredSetWriter(datasets, name, held, log);
        try
        {
            await writer.ClearAsync(replaces, cancellation);
            return writer;
        }
        catch
        {
            await writer.DisposeAsync();
            throw;
        }
    }

    /// <summary>The refusal to register a set under a name that is taken.</summary>
    public static InvalidInputException Exists(string name) => new(
        $"name: a data set '{name}' is registered already; choose another name, or replace it with --replace (over HTTP: replace=true).");

    /// <summary>Stores the pixels of consecutive images.</summary>
    /// <param name="pixels">At most <see cref="DatasetDescription.LargestChunk"/> bytes, whole images.</param>
    public Task PutChunkAsync(DatasetPart part, int chunk, ReadOnlyMemory<byte> pixels, CancellationToken cancellation) =>
        PutAsync(RegisteredSetPaths.Chunk(_name, part, chunk), pixels, cancellation);

    public Task PutLabelsAsync(DatasetPart part, ReadOnlyMemory<byte> labels, CancellationToken cancellation) =>
        PutAsync(RegisteredSetPaths.Labels(_name, part), labels, cancellation);

    /// <summary>Registers the set. Its blobs must have been stored.</summary>
    public async Task CompleteAsync(DatasetDescription set, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } };
        await _datasets.GetBlobClient(RegisteredSetPaths.DescriptionOf(_name))
            .UploadAsync(BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(set, Json.Indented)), options, cancellation);
        _log.DatasetRegistered(_name, set.TrainCount, set.TestCount);
    }

    public async ValueTask DisposeAsync()
    {
        var isHeld = !_lock.Lost.IsCancellationRequested;
        await _lock.DisposeAsync();
        if (isHeld)
        {
            // A process that waits for the lock creates it again.
            await DeleteUnleasedAsync(RegisteredSetPaths.Lock(_name), CancellationToken.None);
        }
    }

    private async Task ClearAsync(bool replaces, CancellationToken cancellation)
    {
        var description = _datasets.GetBlobClient(RegisteredSetPaths.DescriptionOf(_name));
        if (!replaces && await description.ExistsAsync(cancellation))
        {
            throw Exists(_name);
        }

        await description.DeleteIfExistsAsync(cancellationToken: cancellation);
        var blobs = _datasets.GetBlobsAsync(BlobTraits.None, BlobStates.None, RegisteredSetPaths.Folder(_name), cancellation);
        await foreach (var blob in blobs.Where(blob => blob.Name != RegisteredSetPaths.Lock(_name)))
        {
            await _datasets.GetBlobClient(blob.Name).DeleteIfExistsAsync(cancellationToken: cancellation);
        }
    }

    private async Task DeleteUnleasedAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await _datasets.GetBlobClient(path).DeleteIfExistsAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // Another process has the lock by now.
        }
    }

    private async Task PutAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        await _datasets.GetBlobClient(path).UploadAsync(BinaryData.FromBytes(content), overwrite: true, cancellation);
}
