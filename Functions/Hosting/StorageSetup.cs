using Microsoft.Extensions.Hosting;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Functions.Hosting;

/// <summary>Creates containers and tables before the first function runs.</summary>
internal sealed class StorageSetup(FashionStorage storage) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => storage.EnsureCreatedAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
