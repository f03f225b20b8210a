using System.Globalization;
using System.Text.RegularExpressions;

namespace ServerlessFashion.Runs;

/// <summary>Parses and formats time limits such as <c>30m</c>, <c>1h30m</c> and <c>90s</c>.</summary>
public static partial class TimeBudget
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Reads hours, minutes and seconds, each at most once and in that order.</summary>
    /// <param name="name">Names the option in errors.</param>
    /// <exception cref="InvalidInputException">The text has another form, is zero, or exceeds seven days.</exception>
    public static TimeSpan Parse(string text, string name = "budget")
    {
        var match = Form().Match(text);
        var time = match.Success
            ? Part(match, "h", TimeSpan.FromHours(1)) + Part(match, "m", TimeSpan.FromMinutes(1))
                + Part(match, "s", TimeSpan.FromSeconds(1))
            : TimeSpan.Zero;
        return time > TimeSpan.Zero && time <= Longest
            ? time
            : throw new InvalidInputException($"{name}: '{text}' is not a time of up to seven days such as 30m, 1h30m or 90s.");
    }

    /// <summary>The shortest form that <see cref="Parse"/> reads back, to the second.</summary>
    public static string Format(TimeSpan time)
    {
        string[] parts = [Part((int)time.TotalHours, 'h'), Part(time.Minutes, 'm'), Part(time.Seconds, 's')];
        return string.Concat(parts) is { Length: > 0 } text ? text : "0s";

        static string Part(int count, char unit) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
    }

    private static TimeSpan Part(Match match, string name, TimeSpan unit) =>
        match.Groups[name] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) * unit : TimeSpan.Zero;

    [GeneratedRegex(@"^(?:(?<h>[0-9]{1,6})h)?(?:(?<m>[0-9]{1,6})m)?(?:(?<s>[0-9]{1,6})s)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
