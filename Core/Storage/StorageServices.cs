using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ServerlessFashion.Settings;
using ServerlessFashion.Storage.Registry;

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
        services.TryAddSingleton(provider => Connect(provider.GetRequiredService<IOptions<StorageOptions>>().Value));
        return services
            .AddSingleton<RunStore>()
            .AddSingleton<RunDefinitions>()
            .AddSingleton<RunFolders>()
            .AddSingleton<RunBlobs>()
            .AddSingleton<RunLocks>()
            .AddSingleton<EpochMetrics>()
            .AddSingleton<ModelRegistry>();
    }

    /// <exception cref="InvalidInputException">No account is set, or it cannot be used.</exception>
    private static FashionStorage Connect(StorageOptions options)
    {
        if (options.ConnectionString is { } connection)
        {
            return FashionStorage.Connect(connection);
        }

        return options.AccountName is { } account
            ? FashionStorage.Connect(account, Identity(options.ClientId))
            : throw new InvalidInputException(
                $"storage: set {StorageOptions.ConnectionSetting} (a connection string) "
                + $"or {StorageOptions.AccountSetting} (with an identity).");
    }

    private static TokenCredential Identity(string? clientId) => clientId is null
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
}
