using System.Diagnostics;
using System.Globalization;

namespace ServerlessFashion.Chaos.Serving;

/// <summary>
/// Samples of what a process holds, and their growth: a line fitted by least squares to the samples after the warm-up, the first quarter
/// of the time. The process is flat if each line rises by less in an hour than its limit.
/// </summary>
internal sealed class Growth(TimeSpan length)
{
    private const double WarmUp = .25;

    private static readonly (string Name, string Unit, double MostPerHour, Func<ProcessUse, double> Value)[] Measures =
    [
        // About a tenth of what the server keeps.
        ("memory", "MB", 25, use => use.Megabytes),
        ("handles", "handles", 10, use => use.Handles),
        ("threads", "threads", 5, use => use.Threads),
    ];

    private readonly List<(double Hours, ProcessUse Use)> _samples = [];
    private readonly long _began = Stopwatch.GetTimestamp();

    public int Count => _samples.Count;

    public void Add(ProcessUse use) => _samples.Add((Stopwatch.GetElapsedTime(_began).TotalHours, use));

    /// <summary>Prints each slope, and records a loss where something grows.</summary>
    public void Print(Tally tally)
    {
        var kept = _samples.Where(sample => sample.Hours >= WarmUp * length.TotalHours).ToList();
        if (kept.Count < 3)
        {
            tally.Lose("the soak was too short for a slope");
            return;
        }

        tally.Say(string.Create(
            CultureInfo.InvariantCulture, $"{kept.Count} samples after the warm-up; peak {kept[^1].Use.PeakMegabytes:0} MB"));
        foreach (var (name, unit, mostPerHour, value) in Measures)
        {
            var values = kept.Select(sample => value(sample.Use)).ToList();
            var (slope, error) = Slope(kept.Select(sample => sample.Hours).ToList(), values);
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {slope:+0.0;-0.0;0.0} {unit} in an hour (standard error {error:0.0}), mean {values.Average():0.0}, "
                + $"{values.Min():0.0} to {values.Max():0.0}");
            tally.Say(text);
            if (slope > mostPerHour)
            {
                tally.Lose(string.Create(CultureInfo.InvariantCulture, $"{text}; the limit is {mostPerHour:0}"));
            }
        }
    }

    /// <returns>The slope of the least-squares line, and its standard error.</returns>
    private static (double Slope, double Error) Slope(List<double> x, List<double> y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var spread = x.Sum(one => (one - meanX) * (one - meanX));
        var slope = x.Zip(y, (one, other) => (one - meanX) * (other - meanY)).Sum() / spread;
        var residuals = x.Zip(y, (one, other) => other - meanY - (slope * (one - meanX))).Sum(residual => residual * residual);
        return (slope, Math.Sqrt(residuals / (x.Count - 2) / spread));
    }
}
