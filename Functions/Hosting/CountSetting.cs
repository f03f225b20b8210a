using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ServerlessFashion.Functions.Hosting;

internal static class CountSetting
{
    /// <summary>Reads a setting that is a positive whole number. A missing or empty setting gives the default value.</summary>
    /// <exception cref="InvalidInputException">The setting is not a positive whole number.</exception>
    public static int ReadCount(this IConfiguration configuration, string setting, int defaultValue)
    {
        var text = configuration[setting];
        if (string.IsNullOrEmpty(text))
        {
            return defaultValue;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new InvalidInputException($"{setting}: expected a positive whole number, found '{text}'.");
    }
}
