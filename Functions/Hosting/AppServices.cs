using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Datasets;
using ServerlessFashion.Settings;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Functions.Hosting;

/// <summary>The services that both parts of the app use: the one that orchestrates and the one that trains.</summary>
internal static class AppServices
{
    public static IServiceCollection AddCommon(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(SettingsOf(configuration))
        .AddFashionStorage()
        .AddHostedService<StorageSetup>()
        // An app in the cloud does not change its own image.
        .AddDatasets(Path.Combine(Path.GetTempPath(), "serverless-fashion"));

    /// <summary>A configuration writes the two underscores of a nested setting as a colon.</summary>
    internal static SettingSource SettingsOf(IConfiguration configuration) =>
        new(name => configuration[name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)]);
}
