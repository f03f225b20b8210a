using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace ServerlessFashion.Tests;

/// <summary>One emulator for all tests of the assembly, started by the first test that asks for storage.</summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private readonly Lazy<Task<AzuriteProcess>> _azurite = new(() => AzuriteProcess.StartAsync(CancellationToken.None));

    /// <summary>A storage account of its own with its containers and tables; skips the test where Azurite is not installed.</summary>
    public async Task<FashionStorage> NewStorageAsync() => FashionStorage.Connect(await NewAccountAsync());

    /// <summary>The connection string of such an account.</summary>
    public async Task<string> NewAccountAsync()
    {
        Assert.SkipWhen(AzuriteProcess.Script is null, "The storage emulator is not installed: run `npm ci`.");
        var account = (await _azurite.Value).NewAccount();
        await FashionStorage.Connect(account).EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return account;
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite.IsValueCreated)
        {
            await (await _azurite.Value).DisposeAsync();
        }
    }
}
