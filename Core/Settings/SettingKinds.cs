using System.Globalization;

namespace ServerlessFashion.Settings;

/// <summary>Makes settings of the common types.</summary>
public static class Setting
{
    /// <summary>Any text; null where the setting is missing.</summary>
    public static Setting<string?> Text(string name) => new(name, null, "a text", Keep);

    /// <summary>A whole number in a range.</summary>
    public static Setting<int> Number(string name, int defaultValue, int least, int most) => new(
        name, defaultValue, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);

    /// <summary><c>true</c> or <c>false</c> in any case.</summary>
    /// <param name="whenTrue">What true means, for errors.</param>
    /// <param name="whenFalse">What false means, for errors.</param>
    public static Setting<bool> Switch(string name, bool defaultValue, string whenTrue, string whenFalse) =>
        new(name, defaultValue, $"true ({whenTrue}) or false ({whenFalse})", bool.TryParse);

    /// <summary>A name of an enumeration in any case.</summary>
    public static Setting<T> Choice<T>(string name, T defaultValue) where T : struct, Enum => new(
        name, defaultValue, Alternatives(Enum.GetNames<T>()),
        // A number would be a valid enumeration value too.
        (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && char.IsAsciiLetter(text[0]));

    private static string Alternatives(string[] names)
    {
        var lower = names.Select(name => name.ToLowerInvariant()).ToArray();
        return $"{string.Join(", ", lower[..^1])} or {lower[^1]}";
    }

    private static bool Keep(string text, out string? value)
    {
        value = text;
        return true;
    }
}
