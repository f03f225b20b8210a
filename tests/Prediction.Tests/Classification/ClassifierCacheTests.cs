using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Prediction.Tests.Classification;

public sealed class ClassifierCacheTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rent_SameVersionTwice_LoadsItOnce()
    {
        var (storage, registry) = await StorageAsync();
        using var cache = new ClassifierCache(storage);
        var version = await RegisteredModel.AddAsync(storage, registry, "run", "a");

        using var first = await cache.RentAsync(version, Cancellation);
        await storage.Container(StorageNames.Runs).DeleteBlobAsync(version.OnnxBlob, cancellationToken: Cancellation);
        using var second = await cache.RentAsync(version, Cancellation);

        Assert.Same(first.Classifier, second.Classifier);
    }

    [Fact]
    public async Task Rent_MoreVersionsThanFit_LeavesTheOnesInUseOpen()
    {
        var (storage, registry) = await StorageAsync();
        using var cache = new ClassifierCache(storage);
        var first = await cache.RentAsync(await RegisteredModel.AddAsync(storage, registry, "run", "a"), Cancellation);

        foreach (var model in new[] { "b", "c", "d" })
        {
            (await cache.RentAsync(await RegisteredModel.AddAsync(storage, registry, "run", model), Cancellation)).Dispose();
        }

        Assert.Equal([0], first.Classifier.Classify(new byte[784], 1, Cancellation).Labels);
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.Classifier.Classify(new byte[784], 1, Cancellation));
    }

    [Fact]
    public async Task Rent_FileIsGone_SaysSoAndCanBeTriedAgain()
    {
        var (storage, registry) = await StorageAsync();
        using var cache = new ClassifierCache(storage);
        var version = await RegisteredModel.AddAsync(storage, registry, "run", "a");
        await storage.Container(StorageNames.Runs).DeleteBlobAsync(version.OnnxBlob, cancellationToken: Cancellation);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => cache.RentAsync(version, Cancellation));
        await RegisteredModel.AddAsync(storage, registry, "run", "a");
        using var lease = await cache.RentAsync(version, Cancellation);

        Assert.Equal("model: the file of run/a/seed-1 is gone from storage; promote another model.", refused.Message);
    }

    private async Task<(FashionStorage Storage, ModelRegistry Registry)> StorageAsync()
    {
        var storage = await azurite.NewStorageAsync();
        return (storage, new ModelRegistry(storage, TimeProvider.System));
    }
}
