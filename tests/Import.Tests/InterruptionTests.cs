using Azure.Storage.Blobs;
using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Import.Tests;

/// <summary>Imports that end before their set is registered.</summary>
public sealed class InterruptionTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private sealed class Stopper(ImportStage stage, CancellationTokenSource stop) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Stage == stage)
            {
                stop.Cancel();
            }
        }
    }

    [Theory]
    [InlineData(ImportStage.Counting)]
    [InlineData(ImportStage.Reading)]
    [InlineData(ImportStage.Storing)]
    public async Task Import_CancelledInAStage_RegistersNothingAndTheNextOneSucceeds(ImportStage stage)
    {
        var storage = await azurite.NewStorageAsync();
        var import = new TestImport(storage);
        TestPictures.WriteClasses(_folder.Path, 3, "a", "b");
        using var stop = new CancellationTokenSource();
        var importer = new DatasetImporter(storage, import.Sets, TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => importer.ImportAsync(new ImportRequest("set"), _folder.Path, null, new Stopper(stage, stop), stop.Token));
        var left = await import.Sets.FindAsync("set", TestImport.Stop);
        var set = await import.AddAsync(_folder.Path);

        Assert.Null(left);
        Assert.Equal(6, set.TrainCount);
        Assert.Equal(
            ["set/dataset.json", "set/train/images-00000.bin", "set/train/labels.bin"],
            (await NamesAsync(storage.Container("datasets"))).Order());
    }

    /// <summary>A process that was killed leaves blobs and a lock, whose lease has expired a day later.</summary>
    [Fact]
    public async Task Import_LeftoversOfAnotherName_AreDeletedAfterADay()
    {
        var storage = await azurite.NewStorageAsync();
        var sets = new RegisteredSets(storage);
        var container = storage.Container("datasets");
        await container.GetBlobClient("old/train/images-00000.bin").UploadAsync(BinaryData.FromString("x"), TestImport.Stop);
        TestPictures.WriteClasses(_folder.Path, 2, "a", "b");
        var tomorrow = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow + TimeSpan.FromHours(25));

        await new DatasetImporter(storage, sets, TimeProvider.System).ImportAsync(
            new ImportRequest("first"), _folder.Path, null, null, TestImport.Stop);
        var today = await NamesAsync(container);
        await new DatasetImporter(storage, sets, tomorrow).ImportAsync(
            new ImportRequest("second"), _folder.Path, null, null, TestImport.Stop);

        Assert.Contains("old/train/images-00000.bin", today);
        Assert.DoesNotContain("old/train/images-00000.bin", await NamesAsync(container));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<List<string>> NamesAsync(BlobContainerClient container) =>
        await container.GetBlobsAsync(cancellationToken: TestImport.Stop).Select(blob => blob.Name).ToListAsync(TestImport.Stop);
}
