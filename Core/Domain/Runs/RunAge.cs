using System.Globalization;
using System.Text.RegularExpressions;

namespace ServerlessFashion.Runs;

/// <summary>Parses ages such as <c>30d</c>, and points in time that are given as a date or as an age.</summary>
public static partial class RunAge
{
    private static readonly string[] Forms =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a whole number of minutes, hours, days or weeks, such as <c>90m</c>, <c>12h</c>, <c>30d</c> or <c>4w</c>.</summary>
    /// <param name="field">Names the value in the error.</param>
    /// <exception cref="InvalidInputException">The text has another form.</exception>
    public static TimeSpan Parse(string field, string text) => Find(text) ?? throw new InvalidInputException(
        $"{field}: expected an age such as 90m, 12h, 30d or 4w, found '{text}'.");

    /// <summary>Reads a date or time in ISO 8601, or an age before <paramref name="now"/>. Times without an offset are UTC.</summary>
    /// <inheritdoc cref="Parse"/>
    public static DateTimeOffset ParseTime(string field, string text, DateTimeOffset now)
    {
        if (Find(text) is { } age)
        {
            return age < now - DateTimeOffset.MinValue ? now - age : DateTimeOffset.MinValue;
        }

        return DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new InvalidInputException(
                $"{field}: expected a date such as 2026-03-01, a time such as 2026-03-01T12:00Z, or an age such as 7d, found '{text}'.");
    }

    private static TimeSpan? Find(string text) => Form().Match(text) is { Success: true } match
        ? int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture) * UnitOf(match.Groups["unit"].Value)
        : null;

    private static TimeSpan UnitOf(string unit) => unit switch
    {
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        "d" => TimeSpan.FromDays(1),
        _ => TimeSpan.FromDays(7),
    };

    [GeneratedRegex(@"^(?<count>[0-9]{1,6})(?<unit>[mhdw])\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
