using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Settings;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Tests;

/// <summary>Makes objects of the system as a host would, on a storage account of the test.</summary>
internal static class TestServices
{
    /// <summary>The stores, without any setting. The test adds what else it needs.</summary>
    public static IServiceCollection On(FashionStorage storage, TimeProvider? time = null) => new ServiceCollection()
        .AddSingleton(storage)
        .AddSingleton(time ?? TimeProvider.System)
        .AddSingleton(new SettingSource(_ => null))
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddFashionStorage();

    public static T Get<T>(this IServiceCollection services) where T : notnull => services.BuildServiceProvider().GetRequiredService<T>();

    /// <summary>A new object whose constructor gets some arguments from the test and the others from the services.</summary>
    public static T Create<T>(this IServiceCollection services, params object[] arguments) where T : notnull =>
        ActivatorUtilities.CreateInstance<T>(services.BuildServiceProvider(), arguments);
}
