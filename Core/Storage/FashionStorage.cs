using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Storage;

/// <summary>The storage account with all durable data: blobs for documents and files, tables for lists.</summary>
public sealed class FashionStorage
{
    private readonly BlobServiceClient _blobs;
    private readonly TableServiceClient _tables;

    private FashionStorage(BlobServiceClient blobs, TableServiceClient tables)
    {
        _blobs = blobs;
        _tables = tables;
    }

    /// <summary>Connects with a connection string, e.g. of Azurite.</summary>
    /// <param name="waits">Reports requests that wait; null for none.</param>
    /// <exception cref="InvalidInputException">The text is not a connection string.</exception>
    public static FashionStorage Connect(string connectionString, StorageWaits? waits = null) =>
        Connect(connectionString, new BlobClientOptions(), waits);

    /// <summary>Connects with a connection string and the given client options; null for the defaults of the table client.</summary>
    public static FashionStorage Connect(
        string connectionString, BlobClientOptions blobs, StorageWaits? waits = null, TableClientOptions? tables = null)
    {
        try
        {
            return new FashionStorage(
                new BlobServiceClient(connectionString, StorageRequests.Configure(blobs, waits)),
                new TableServiceClient(connectionString, StorageRequests.Configure(tables ?? new TableClientOptions(), waits)));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidInputException($"storage: {ConnectionStrings.Problem(connectionString)}", e);
        }
    }

    /// <summary>Connects with an account name and an identity, as in Azure.</summary>
    /// <param name="waits">Reports requests that wait; null for none.</param>
    /// <exception cref="InvalidInputException">The text is not an account name.</exception>
    public static FashionStorage Connect(string accountName, TokenCredential credential, StorageWaits? waits = null)
    {
        if (accountName.Length is < 3 or > 24 || !accountName.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)))
        {
            throw new InvalidInputException(
                $"storage: expected the name of a storage account (3 to 24 lower-case letters and digits), found '{accountName}'.");
        }

        return new FashionStorage(
            new BlobServiceClient(
                new Uri($"https://{accountName}.blob.core.windows.net"), credential,
                StorageRequests.Configure(new BlobClientOptions(), waits)),
            new TableServiceClient(
                new Uri($"https://{accountName}.table.core.windows.net"), credential,
                StorageRequests.Configure(new TableClientOptions(), waits)));
    }

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
