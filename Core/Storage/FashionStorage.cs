using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace ServerlessFashion.Storage;

/// <summary>The storage account that holds everything durable: blobs for things, tables for lists.</summary>
public sealed class FashionStorage
{
    private readonly BlobServiceClient _blobs;
    private readonly TableServiceClient _tables;

    private FashionStorage(BlobServiceClient blobs, TableServiceClient tables)
    {
        _blobs = blobs;
        _tables = tables;
    }

    /// <summary>By a connection string, e.g. of Azurite.</summary>
    /// <exception cref="InvalidInputException">It is not a connection string.</exception>
    public static FashionStorage Connect(string connectionString) => Connect(connectionString, new BlobClientOptions());

    /// <summary>The same with a way of its own to reach blobs.</summary>
    internal static FashionStorage Connect(string connectionString, BlobClientOptions blobs)
    {
        try
        {
            return new FashionStorage(new BlobServiceClient(connectionString, blobs), new TableServiceClient(connectionString));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidInputException($"storage: the connection string cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    /// <summary>By an account name and an identity, as in Azure.</summary>
    public static FashionStorage Connect(string accountName, TokenCredential credential) => new(
        new BlobServiceClient(new Uri($"https://{accountName}.blob.core.windows.net"), credential),
        new TableServiceClient(new Uri($"https://{accountName}.table.core.windows.net"), credential));

    public BlobContainerClient Container(string name) => _blobs.GetBlobContainerClient(name);

    public TableClient Table(string name) => _tables.GetTableClient(name);

    /// <summary>Creates the containers and tables that do not exist yet.</summary>
    public async Task EnsureCreatedAsync(CancellationToken cancellation)
    {
        foreach (var container in StorageNames.Containers)
        {
            await Container(container).CreateIfNotExistsAsync(cancellationToken: cancellation);
        }

        foreach (var table in StorageNames.Tables)
        {
            await Table(table).CreateIfNotExistsAsync(cancellation);
        }
    }
}
