using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

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

    /// <summary>Writes the document, and replaces an existing one.</summary>
    public async Task PutAsync<T>(string path, T value, CancellationToken cancellation) =>
        await container.GetBlobClient(path).UploadAsync(
            BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(value, Json.Compact)),
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } },
            cancellation);
}
