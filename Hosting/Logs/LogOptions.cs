using Microsoft.Extensions.Logging;
using ServerlessFashion.Settings;

namespace ServerlessFashion.Hosting.Logs;

/// <summary>Which log records the command line writes, and where.</summary>
/// <param name="Level">The lowest level that is written.</param>
/// <param name="File">The file that records are appended to; null for standard error.</param>
internal sealed record LogOptions(LogLevel Level, string? File)
{
    public const string Variable = "FASHION_LOG";

    private static readonly LogLevel[] Levels =
        [LogLevel.Trace, LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error];

    private static readonly Setting<LogOptions?> Setting = new(
        Variable, null, "trace, debug, information, warning or error, which a colon and a file may follow, as in debug:fashion.log",
        TryParse);

    /// <summary>What <c>--verbose</c> asks for.</summary>
    public static LogOptions Verbose { get; } = new(LogLevel.Debug, null);

    /// <returns>Null when no log is asked for.</returns>
    /// <exception cref="InvalidInputException">The setting cannot be used.</exception>
    public static LogOptions? Read(SettingSource settings) => settings.Get(Setting);

    private static bool TryParse(string text, out LogOptions? value)
    {
        value = null;
        var parts = text.Split(':', 2);
        if (parts is [_, ""])
        {
            return false;
        }

        foreach (var level in Levels.Where(level => level.ToString().Equals(parts[0], StringComparison.OrdinalIgnoreCase)))
        {
            value = new LogOptions(level, parts is [_, var file] ? file : null);
        }

        return value is not null;
    }
}
