using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServerlessFashion.Settings;

namespace ServerlessFashion.Datasets;

/// <summary>Registers how the data set and the ImageNet weights are found, and the store that keeps them.</summary>
public static class DatasetServices
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <param name="cacheFolder">Keeps downloads.</param>
    /// <remarks>No packages are installed, unless the host registers its own <see cref="IPackageInstaller"/> afterwards.</remarks>
    public static IServiceCollection AddDatasets(this IServiceCollection services, string cacheFolder)
    {
        services.AddSettings(settings => DatasetOptions.Read(settings, cacheFolder));
        return services
            .AddSingleton<DatasetStore>()
            .AddSingleton<RegisteredSets>()
            .AddSingleton<RunImages>()
            .AddSingleton(_ => new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout }))
            .AddSingleton<IPackageInstaller, NoPackageInstaller>()
            .AddSingleton(
                provider => DatasetLocations.Default(Options(provider).Data, Path.Combine(Options(provider).CacheFolder, "datasets")))
            .AddSingleton<DatasetLocator>()
            .AddSingleton(provider => new ImageNetWeights(
                Path.Combine(Options(provider).CacheFolder, "weights"), provider.GetRequiredService<HttpClient>(),
                Options(provider).ImageNetMirror));
    }

    private static DatasetOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<DatasetOptions>>().Value;
}
