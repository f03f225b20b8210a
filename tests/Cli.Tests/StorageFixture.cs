using ServerlessFashion.Cli.Tests;
using ServerlessFashion.Tests;

[assembly: AssemblyFixture(typeof(StorageFixture))]

namespace ServerlessFashion.Cli.Tests;

/// <summary>One storage emulator for all tests; every test gets an empty account.</summary>
public sealed class StorageFixture : IAsyncDisposable
{
    private readonly Lazy<Task<AzuriteProcess>> _azurite = new(() => AzuriteProcess.StartAsync(CancellationToken.None));

    public async Task<string> NewAccountAsync()
    {
        Assert.SkipWhen(AzuriteProcess.Script is null, "The storage emulator is not installed: run `npm ci`.");
        return (await _azurite.Value).NewAccount();
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite.IsValueCreated)
        {
            await (await _azurite.Value).DisposeAsync();
        }
    }
}
