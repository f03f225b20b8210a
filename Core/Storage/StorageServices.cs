using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServerlessFashion.Settings;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Storage;

/// <summary>Registers the storage account and all that is kept in it.</summary>
public static class StorageServices
{
    /// <summary>
    /// Registers the stores on the account of <see cref="StorageOptions"/>, unless the host has registered a
    /// <see cref="FashionStorage"/> itself. Needs a <see cref="TimeProvider"/>, logging and a <see cref="SettingSource"/>.
    /// </summary>
    public static IServiceCollection AddFashionStorage(this IServiceCollection services)
    {
        services.AddSettings(StorageOptions.Read);
        services.TryAddSingleton(provider => Connect(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value, provider.GetRequiredService<StorageWaits>()));
        services.AddStorageWaits();
        return services
            .AddSingleton<RunStore>()
            .AddSingleton<RunDefinitions>()
            .AddSingleton<RunFolders>()
            .AddSingleton<RunBlobs>()
            .AddSingleton<RunLocks>()
            .AddSingleton<EpochMetrics>()
            .AddSingleton<ModelRegistry>()
            .AddSingleton<SpecStore>();
    }

    /// <summary>Registers the reports of requests that wait. The host may register an <see cref="IProgress{T}"/> that shows them.</summary>
    private static void AddStorageWaits(this IServiceCollection services) => services.AddSingleton(provider => new StorageWaits(
        provider.GetRequiredService<TimeProvider>(), provider.GetService<ILogger<StorageWaits>>(),
        provider.GetService<IProgress<StorageNotice>>()));

    /// <exception cref="InvalidInputException">No account is set, or it cannot be used.</exception>
    private static FashionStorage Connect(StorageOptions options, StorageWaits waits)
    {
        if (options.ConnectionString is { } connection)
        {
            return FashionStorage.Connect(connection, waits);
        }

        return options.AccountName is { } account
            ? FashionStorage.Connect(account, Identity(options.ClientId), waits)
            : throw new InvalidInputException(
                $"storage: set {StorageOptions.ConnectionSetting} (a connection string) "
                + $"or {StorageOptions.AccountSetting} (with an identity).");
    }

    private static TokenCredential Identity(string? clientId) => clientId is null
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
}
