using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Functions.Hosting;

/// <summary>Reaches the storage that the Functions host itself uses: a connection string, or an account name and an identity.</summary>
internal static class StorageRegistration
{
    private const string Setting = "AzureWebJobsStorage";

    public static IServiceCollection AddFashionStorage(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(Connect(configuration))
        .AddSingleton<RunStore>()
        .AddHostedService<StorageSetup>();

    private static FashionStorage Connect(IConfiguration configuration)
    {
        if (configuration[Setting] is { Length: > 0 } connectionString)
        {
            return FashionStorage.Connect(connectionString);
        }

        var section = configuration.GetSection(Setting);
        return section["accountName"] is { Length: > 0 } account
            ? FashionStorage.Connect(account, Identity(section["clientId"]))
            : throw new InvalidInputException($"storage: neither the setting {Setting} (a connection string) nor {Setting}__accountName (with an identity) is there.");
    }

    private static TokenCredential Identity(string? clientId) => clientId is { Length: > 0 }
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
        : new DefaultAzureCredential();
}
