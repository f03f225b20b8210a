namespace ServerlessFashion.Settings;

/// <summary>Converts the text of a setting.</summary>
/// <returns>False when the text has another form.</returns>
public delegate bool SettingParser<T>(string text, out T value);

/// <summary>One setting of a process.</summary>
/// <param name="Name">The environment variable or app setting, such as <c>FASHION_DEVICE</c>.</param>
/// <param name="Default">The value where the setting is missing or empty.</param>
/// <param name="Expected">The accepted values in words, such as "a whole number from 1 to 64"; errors show it.</param>
/// <param name="Parse">Converts a text that is not empty.</param>
public sealed record Setting<T>(string Name, T Default, string Expected, SettingParser<T> Parse)
{
    /// <summary>Whether the value may hold a key or a password. An error then does not repeat it.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Converts the text of the setting; the default value where it is null or empty.</summary>
    /// <exception cref="InvalidInputException">The text is not what was expected; the message names the setting.</exception>
    public T Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Default;
        }

        return Parse(text, out var value) ? value : throw Invalid(text);
    }

    private InvalidInputException Invalid(string text) =>
        new(IsSecret ? $"{Name}: expected {Expected}." : $"{Name}: expected {Expected}, found '{text}'.");
}
