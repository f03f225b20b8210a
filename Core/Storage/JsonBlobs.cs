using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Storage;

/// <summary>JSON documents in one container.</summary>
internal sealed class JsonBlobs(BlobContainerClient container)
{
    /// <summary>The document at <paramref name="path"/>, or null if there is none.</summary>
    public async Task<T?> FindAsync<T>(string path, CancellationToken cancellation) where T : class
    {
        try
        {
            var content = await container.GetBlobClient(path).DownloadContentAsync(cancellation);
            return content.Value.Content.ToObjectFromJson<T>(Json.Compact);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>The document at <paramref name="path"/>.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellation) where T : class =>
        await FindAsync<T>(path, cancellation)
        ?? throw new InvalidInputException($"storage: {container.Name}/{path} does not exist.");

    /// <summary>Writes the document unless one exists.</summary>
    /// <returns>False if a document exists; it stays unchanged.</returns>
    public async Task<bool> TryCreateAsync<T>(string path, T value, CancellationToken cancellation)
    {
        try
        {
            await UploadAsync(path, value, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <summary>Writes the document, and replaces an existing one.</summary>
    public Task PutAsync<T>(string path, T value, CancellationToken cancellation) => UploadAsync(path, value, null, cancellation);

    private async Task UploadAsync<T>(string path, T value, BlobRequestConditions? conditions, CancellationToken cancellation)
    {
        var content = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(value, Json.Compact));
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Conditions = conditions,
        };
        await container.GetBlobClient(path).UploadAsync(content, options, cancellation);
    }
}
