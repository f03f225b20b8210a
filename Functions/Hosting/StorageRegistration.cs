using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Functions.Hosting;

/// <summary>Connects to the storage of the Functions host: a connection string, or an account name and an identity.</summary>
internal static class StorageRegistration
{
    private const string Setting = "AzureWebJobsStorage";

    /// <summary>"false" if the identity of the app may not create containers and tables. The default value is "true".</summary>
    private const string CreateSetting = "FASHION_CREATE_STORAGE";

    public static IServiceCollection AddFashionStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(Connect(configuration)).AddSingleton<RunStore>().AddSingleton<RunDefinitions>();
        return MayCreate(configuration[CreateSetting]) ? services.AddHostedService<StorageSetup>() : services;
    }

    private static bool MayCreate(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        return bool.TryParse(text, out var create)
            ? create
            : throw new InvalidInputException(
                $"{CreateSetting}: expected true (create missing containers and tables) or false (all exist), found '{text}'.");
    }

    private static FashionStorage Connect(IConfiguration configuration)
    {
        if (configuration[Setting] is { Length: > 0 } connectionString)
        {
            return FashionStorage.Connect(connectionString);
        }

        var section = configuration.GetSection(Setting);
        return section["accountName"] is { Length: > 0 } account
            ? FashionStorage.Connect(account, Identity(section["clientId"]))
            : throw new InvalidInputException(
                $"storage: set {Setting} (a connection string) or {Setting}__accountName (with an identity).");
    }

    private static TokenCredential Identity(string? clientId) => clientId is { Length: > 0 }
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
        : new DefaultAzureCredential();
}
