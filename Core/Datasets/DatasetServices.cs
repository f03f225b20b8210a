using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServerlessFashion.Settings;

namespace ServerlessFashion.Datasets;

/// <summary>Registers how the data set and the ImageNet weights are found, and the store that keeps them.</summary>
public static class DatasetServices
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <param name="cacheFolder">Keeps downloads.</param>
    /// <param name="installsPackages">Whether the process may install Debian's package of the data set.</param>
    public static IServiceCollection AddDatasets(this IServiceCollection services, string cacheFolder, bool installsPackages)
    {
        services.AddSettings(settings => DatasetOptions.Read(settings, cacheFolder, installsPackages));
        return services
            .AddSingleton<DatasetStore>()
            .AddSingleton(_ => new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout }))
            .AddSingleton<IPackageInstaller>(provider =>
                Options(provider).InstallsPackages ? new AptPackageInstaller() : new AptPackageInstaller("apt-get", hasRootRights: false))
            .AddSingleton(
                provider => DatasetLocations.Default(Options(provider).Data, Path.Combine(Options(provider).CacheFolder, "datasets")))
            .AddSingleton<DatasetLocator>()
            .AddSingleton(provider => new ImageNetWeights(
                Path.Combine(Options(provider).CacheFolder, "weights"), provider.GetRequiredService<HttpClient>()));
    }

    private static DatasetOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<DatasetOptions>>().Value;
}
