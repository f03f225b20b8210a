using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Import;

namespace ServerlessFashion.Application;

/// <summary>Data sets in the storage of this process.</summary>
public sealed class DatasetService(RegisteredSets sets, DatasetImporter importer, DatasetUse use) : IDatasetService
{
    public Task<DatasetDescription> AddAsync(
        ImportRequest request, string path, IProgress<ImportProgress>? progress, CancellationToken cancellation) =>
        AddAsync(request, path, shownName: null, progress, cancellation);

    /// <summary>Registers the labelled images in a file that is being received.</summary>
    /// <param name="shownName">Names the file in messages.</param>
    /// <inheritdoc cref="IDatasetService.AddAsync"/>
    public async Task<DatasetDescription> AddAsync(
        ImportRequest request, Stream content, string shownName, CancellationToken cancellation)
    {
        await CheckAsync(request, cancellation);
        var path = Path.Combine(Path.GetTempPath(), $"fashion-{Path.GetRandomFileName()}");
        try
        {
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await content.CopyToAsync(file, cancellation);
            }

            return await AddAsync(request, path, shownName, progress: null, cancellation);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public async Task<IReadOnlyList<DatasetDescription>> ListAsync(CancellationToken cancellation) =>
        [BuiltInSet.FashionMnist, .. await sets.ListAsync(cancellation)];

    public async Task<DatasetDescription> GetAsync(string name, CancellationToken cancellation) =>
        name == DatasetDescription.FashionMnistName ? BuiltInSet.FashionMnist
        : await sets.FindAsync(name, cancellation) ?? throw NotFound(name);

    public async Task RemoveAsync(string name, bool force, CancellationToken cancellation)
    {
        DatasetDescription.RequireRemovable(name);
        if (!force)
        {
            await use.CheckUnusedAsync(
                name, "; wait for its end, cancel it, or remove the set with --force (over HTTP: force=true).", cancellation);
        }

        if (!await sets.RemoveAsync(name, cancellation))
        {
            throw NotFound(name);
        }
    }

    private async Task<DatasetDescription> AddAsync(
        ImportRequest request, string path, string? shownName, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        await CheckAsync(request, cancellation);
        return await importer.ImportAsync(request, path, shownName, progress, cancellation);
    }

    /// <summary>Refuses before a long import what would be refused at its end.</summary>
    private async Task CheckAsync(ImportRequest request, CancellationToken cancellation)
    {
        request.Check();
        if (!request.Replaces && await sets.FindAsync(request.Name, cancellation) is not null)
        {
            throw new RefusedException(Refusal.Conflict, RegisteredSetWriter.Exists(request.Name).Message);
        }

        if (request.Replaces)
        {
            await use.CheckUnusedAsync(request.Name, "; wait for its end, or cancel it.", cancellation);
        }
    }

    internal static RefusedException NotFound(string name) =>
        new(Refusal.NotFound, $"name: no data set '{name}' is registered; fashion data list shows all of them.");
}
