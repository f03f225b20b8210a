using ServerlessFashion.Core.Tests.Storage;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace ServerlessFashion.Core.Tests.Storage;

/// <summary>One emulator for all tests of the assembly, started by the first test that asks for storage.</summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private readonly Lazy<Task<AzuriteProcess>> _azurite = new(() => AzuriteProcess.StartAsync(CancellationToken.None));

    /// <summary>A storage account of its own with its containers and tables; skips the test where Azurite is not installed.</summary>
    public async Task<FashionStorage> NewStorageAsync()
    {
        Assert.SkipWhen(AzuriteProcess.Script is null, "The storage emulator is not installed: run `npm ci`.");
        var storage = FashionStorage.Connect((await _azurite.Value).NewAccount());
        await storage.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return storage;
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite.IsValueCreated)
        {
            await (await _azurite.Value).DisposeAsync();
        }
    }
}
