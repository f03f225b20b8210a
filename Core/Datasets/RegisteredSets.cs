using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Data;
using ServerlessFashion.Phrases;
using ServerlessFashion.Serialization;
using ServerlessFashion.Storage;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Datasets;

/// <summary>The data sets that users registered, in the container <c>datasets</c>. Fashion-MNIST is not one of them.</summary>
public sealed class RegisteredSets(FashionStorage storage, ILogger<RegisteredSets>? log = null)
{
    /// <summary>Most bytes that one request reads.</summary>
    private const int LargestPiece = 4 << 20;

    private readonly BlobContainerClient _datasets = storage.Container(StorageNames.Datasets);
    private readonly ILogger _log = log ?? NullLogger<RegisteredSets>.Instance;

    /// <summary>All registered sets, by name.</summary>
    public async Task<IReadOnlyList<DatasetDescription>> ListAsync(CancellationToken cancellation)
    {
        var sets = new List<DatasetDescription>();
        foreach (var name in await NamesAsync(cancellation))
        {
            if (await FindAsync(name, cancellation) is { } set)
            {
                sets.Add(set);
            }
        }

        return sets;
    }

    /// <summary>The set of that name; null if none is registered.</summary>
    public async Task<DatasetDescription?> FindAsync(string name, CancellationToken cancellation)
    {
        if (!DatasetDescription.IsName(name))
        {
            return null;
        }

        var path = RegisteredSetPaths.DescriptionOf(name);
        try
        {
            var content = await _datasets.GetBlobClient(path).DownloadContentAsync(cancellation);
            return content.Value.Content.ToObjectFromJson<DatasetDescription>(Json.Compact);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new InvalidInputException($"storage: {_datasets.Name}/{path} cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    /// <summary>The set of that name.</summary>
    /// <exception cref="InvalidInputException">None is registered. The message suggests a similar name.</exception>
    public async Task<DatasetDescription> GetAsync(string name, CancellationToken cancellation)
    {
        if (await FindAsync(name, cancellation) is { } set)
        {
            return set;
        }

        var known = (await ListAsync(cancellation)).Select(one => one.Name).Append(DatasetDescription.FashionMnistName).ToList();
        var hint = NearestName.Ask(name, known) ?? $"registered are {string.Join(", ", known)}.";
        throw new InvalidInputException($"dataset: no data set '{name}' is registered; {hint}");
    }

    /// <summary>Checks that a set exists.</summary>
    /// <param name="name">Name of the set; null for Fashion-MNIST.</param>
    /// <exception cref="InvalidInputException">None of that name is registered. The message suggests a similar one.</exception>
    public async Task RequireAsync(string? name, CancellationToken cancellation)
    {
        if (name is not (null or DatasetDescription.FashionMnistName))
        {
            await GetAsync(name, cancellation);
        }
    }

    /// <summary>The labels of a part, one byte for each image.</summary>
    public async Task<byte[]> ReadLabelsAsync(DatasetDescription set, DatasetPart part, CancellationToken cancellation)
    {
        if (CountOf(set, part) == 0)
        {
            return [];
        }

        var blob = _datasets.GetBlobClient(RegisteredSetPaths.Labels(set.Name, part));
        var labels = (await blob.DownloadContentAsync(cancellation)).Value.Content.ToArray();
        return labels.Length == CountOf(set, part)
            ? labels
            : throw new InvalidInputException(
                $"storage: {blob.BlobContainerName}/{blob.Name} should have {CountOf(set, part)} labels, found {labels.Length}.");
    }

    /// <summary>
    /// The pixels of some images of a part. Only the blobs that hold them are read, one after the other and piece by piece, so that
    /// reading takes little memory beside the result.
    /// </summary>
    /// <param name="rows">Positions of the images in the part, from 0, in any order.</param>
    /// <returns>The images in the order of <paramref name="rows"/>: Count x <see cref="DatasetDescription.ImageBytes"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The part has no such row.</exception>
    public async Task<byte[]> ReadImagesAsync(
        DatasetDescription set, DatasetPart part, IReadOnlyList<int> rows, CancellationToken cancellation)
    {
        var pixels = new byte[(long)rows.Count * set.ImageBytes];
        foreach (var chunk in rows.Index().GroupBy(row => row.Item / set.ImagesPerChunk).OrderBy(chunk => chunk.Key))
        {
            (int Index, int Item)[] wanted = [.. chunk.OrderBy(row => row.Item)];
            var (first, last) = (wanted[0].Item, wanted[^1].Item);
            ArgumentOutOfRangeException.ThrowIfNegative(first);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(last, CountOf(set, part));
            var options = new BlobOpenReadOptions(allowModifications: false)
            {
                Position = PlaceOf(first),
                BufferSize = (int)Math.Min(LargestPiece, (last - first + 1L) * set.ImageBytes),
            };
            await using var images = await _datasets.GetBlobClient(RegisteredSetPaths.Chunk(set.Name, part, chunk.Key))
                .OpenReadAsync(options, cancellation);
            foreach (var (position, row) in wanted)
            {
                images.Position = PlaceOf(row);
                await images.ReadExactlyAsync(pixels.AsMemory(position * set.ImageBytes, set.ImageBytes), cancellation);
            }
        }

        return pixels;

        long PlaceOf(int row) => (long)(row % set.ImagesPerChunk) * set.ImageBytes;
    }

    /// <summary>Deletes all blobs of a set, its description first. What an interrupted import left goes too.</summary>
    /// <returns>False if there were none.</returns>
    /// <exception cref="InvalidInputException">Another process is registering the set.</exception>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellation)
    {
        await DeleteLockAsync(name, cancellation);
        var existed = (await _datasets.GetBlobClient(RegisteredSetPaths.DescriptionOf(name))
            .DeleteIfExistsAsync(cancellationToken: cancellation)).Value;
        await foreach (var blob in BlobsOfAsync(name, cancellation))
        {
            existed |= (await _datasets.GetBlobClient(blob.Name).DeleteIfExistsAsync(cancellationToken: cancellation)).Value;
        }

        if (existed)
        {
            _log.DatasetRemoved(name);
        }

        return existed;
    }

    /// <summary>
    /// Deletes what imports have left that ended before <paramref name="time"/> without registering their set. Sources stay.
    /// </summary>
    public async Task SweepAsync(DateTimeOffset time, CancellationToken cancellation)
    {
        foreach (var name in await NamesAsync(cancellation))
        {
            var blobs = await BlobsOfAsync(name, cancellation).ToListAsync(cancellation);
            if (blobs.All(blob => blob.Name != RegisteredSetPaths.DescriptionOf(name) && blob.Name != RegisteredSetPaths.SourceOf(name)
                && blob.Properties.LastModified < time))
            {
                await RemoveAsync(name, cancellation);
            }
        }
    }

    private async Task DeleteLockAsync(string name, CancellationToken cancellation)
    {
        try
        {
            await _datasets.GetBlobClient(RegisteredSetPaths.Lock(name)).DeleteIfExistsAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            throw new InvalidInputException($"dataset: another process is registering '{name}'; try again when it has ended.", e);
        }
    }

    private AsyncPageable<BlobItem> BlobsOfAsync(string name, CancellationToken cancellation) => _datasets.GetBlobsAsync(
        BlobTraits.None, BlobStates.None, RegisteredSetPaths.Folder(name), cancellation);

    /// <summary>The folders of the container that have the name of a registered set, or of one whose import has not ended.</summary>
    private async Task<List<string>> NamesAsync(CancellationToken cancellation)
    {
        var names = new List<string>();
        var folders = _datasets.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", prefix: null, cancellation);
        await foreach (var item in folders)
        {
            if (item.IsPrefix && item.Prefix.TrimEnd('/') is { } name && name != DatasetDescription.FashionMnistName
                && DatasetDescription.IsName(name))
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static int CountOf(DatasetDescription set, DatasetPart part) => part == DatasetPart.Train ? set.TrainCount : set.TestCount;
}
