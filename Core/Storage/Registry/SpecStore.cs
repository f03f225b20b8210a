using Azure;
using Azure.Storage.Blobs;
using ServerlessFashion.Models;

namespace ServerlessFashion.Storage.Registry;

/// <summary>The models that users added from files: <c>specs/{name}.json</c> in container <c>models</c>.</summary>
public sealed class SpecStore(FashionStorage storage)
{
    private const string Folder = "specs/";
    private const string Ending = ".json";

    private readonly BlobContainerClient _container = storage.Container(StorageNames.Models);
    private readonly JsonBlobs _documents = new(storage.Container(StorageNames.Models));

    /// <summary>The names in alphabetical order.</summary>
    public async Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (var blob in _container.GetBlobsAsync(
            Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, Folder, cancellation))
        {
            if (blob.Name.EndsWith(Ending, StringComparison.Ordinal))
            {
                names.Add(blob.Name[Folder.Length..^Ending.Length]);
            }
        }

        return names;
    }

    /// <summary>The model of that name, which must be one that <see cref="Specs.SpecNames"/> allows; null if there is none.</summary>
    public Task<ModelSpec?> FindAsync(string name, CancellationToken cancellation) =>
        _documents.FindAsync<ModelSpec>(PathOf(name), cancellation);

    /// <summary>Stores a model unless there is one of its name.</summary>
    /// <returns>False if there is one; it stays as it is.</returns>
    public Task<bool> TryAddAsync(ModelSpec spec, CancellationToken cancellation) =>
        _documents.TryCreateAsync(PathOf(spec.Name), spec, cancellation);

    /// <returns>False if there is no such model.</returns>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellation)
    {
        Response<bool> removed = await _container.GetBlobClient(PathOf(name)).DeleteIfExistsAsync(cancellationToken: cancellation);
        return removed.Value;
    }

    private static string PathOf(string name) => $"{Folder}{name}{Ending}";
}
