using System.Globalization;

namespace ServerlessFashion.Cli.Display;

/// <summary>Times left, as a clock shows them.</summary>
internal static class DurationText
{
    /// <summary>Such as <c>4:05</c> or <c>1:02:03</c>; null when the time is not known.</summary>
    public static string? Of(double? seconds) => seconds is { } known ? Of(TimeSpan.FromSeconds(known)) : null;

    /// <inheritdoc cref="Of(double?)"/>
    public static string Of(TimeSpan time) => time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
