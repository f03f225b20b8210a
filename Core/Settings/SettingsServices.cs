using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServerlessFashion.Settings;

/// <summary>Registers options that come from settings.</summary>
public static class SettingsServices
{
    /// <summary>
    /// Registers <typeparamref name="T"/> as options that are read from the process's <see cref="SettingSource"/>. A host reads and so
    /// validates them at its start; <c>IOptions.Value</c> throws <see cref="InvalidInputException"/> for a setting that cannot be used.
    /// </summary>
    /// <param name="read">Makes the options. They need not be mutable.</param>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, Func<SettingSource, T> read) where T : class
    {
        services.AddSingleton<IOptionsFactory<T>>(provider => new SettingsFactory<T>(
            provider.GetRequiredService<SettingSource>(), read,
            provider.GetServices<IConfigureOptions<T>>(), provider.GetServices<IPostConfigureOptions<T>>(),
            provider.GetServices<IValidateOptions<T>>()));
        return services.AddOptions<T>().ValidateOnStart();
    }

    private sealed class SettingsFactory<T>(
        SettingSource settings, Func<SettingSource, T> read,
        IEnumerable<IConfigureOptions<T>> configure, IEnumerable<IPostConfigureOptions<T>> afterwards,
        IEnumerable<IValidateOptions<T>> checks)
        : OptionsFactory<T>(configure, afterwards, checks)
        where T : class
    {
        protected override T CreateInstance(string name) => read(settings);
    }
}
