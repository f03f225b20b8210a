using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Functions.Hosting;

/// <summary>Creates containers and tables before the first function runs, where the settings allow it.</summary>
internal sealed class StorageSetup(FashionStorage storage, IOptions<StorageOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        options.Value.CreatesMissing ? storage.EnsureCreatedAsync(cancellationToken) : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
