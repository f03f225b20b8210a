using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Import.Tests;

/// <summary>Imports into a storage account of a test.</summary>
internal sealed class TestImport(FashionStorage storage)
{
    public RegisteredSets Sets { get; } = new(storage);

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Task<DatasetDescription> AddAsync(string path, ImportRequest? request = null, IProgress<ImportProgress>? progress = null) =>
        new DatasetImporter(storage, Sets, TimeProvider.System)
            .ImportAsync(request ?? new ImportRequest("set"), path, "source", progress, Stop);

    /// <summary>The message of the refusal.</summary>
    public async Task<string> RefusalAsync(string path, ImportRequest? request = null)
    {
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => AddAsync(path, request));
        return refused.Message;
    }
}
