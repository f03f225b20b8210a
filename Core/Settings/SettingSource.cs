namespace ServerlessFashion.Settings;

/// <summary>The settings of a process, by name.</summary>
/// <param name="find">The text of a setting; null where it is missing.</param>
public sealed class SettingSource(Func<string, string?> find)
{
    /// <summary>The environment variables of this process.</summary>
    public static SettingSource Environment { get; } = new(System.Environment.GetEnvironmentVariable);

    /// <exception cref="InvalidInputException">The value cannot be used; the message names the setting.</exception>
    public T Get<T>(Setting<T> setting) => setting.Read(find(setting.Name));

    /// <summary>The same settings with another value for one of them.</summary>
    /// <param name="value">Null keeps the value of this source.</param>
    public SettingSource With(string name, string? value) =>
        value is null ? this : new SettingSource(asked => asked == name ? value : find(asked));
}
