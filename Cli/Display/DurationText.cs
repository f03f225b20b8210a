using System.Globalization;

namespace ServerlessFashion.Cli.Display;

/// <summary>Formats times like a clock.</summary>
internal static class DurationText
{
    /// <summary>A text such as <c>4:05</c> or <c>1:02:03</c>; null if the time is unknown.</summary>
    public static string? Of(double? seconds) => seconds is { } known ? Of(TimeSpan.FromSeconds(known)) : null;

    /// <inheritdoc cref="Of(double?)"/>
    public static string Of(TimeSpan time) => time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
