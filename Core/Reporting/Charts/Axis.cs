using System.Globalization;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Reporting.Charts;

internal sealed record Tick(double Value, string Label);

/// <summary>One axis of a plot: its range, its ticks, and whether it is logarithmic.</summary>
internal sealed record Axis(string Title, double Low, double High, IReadOnlyList<Tick> Ticks, bool Logarithmic = false)
{
    private const int WantedSteps = 5;

    private static readonly double[] RoundSeconds =
        [.01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1200, 3600, 7200, 18_000, 36_000, 72_000, 180_000, 360_000];

    /// <summary>True if the tick labels are too long to fit side by side under a figure.</summary>
    public bool LabelsAreLong => Ticks.Count > 0 && Ticks.Count * (Ticks.Max(tick => tick.Label.Length) + 1) > 66;

    /// <summary>Position of <paramref name="value"/>: 0 at the low end of the axis, 1 at the high end.</summary>
    public double Position(double value) =>
        Logarithmic
            ? (Math.Log10(value) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low))
            : (value - Low) / (High - Low);

    /// <summary>Round ticks over the finite ones of <paramref name="values"/>, widened to whole steps but not beyond the limits.</summary>
    public static Axis Linear(
        string title, IEnumerable<double> values, double least = double.NegativeInfinity, double most = double.PositiveInfinity)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (Math.Max(least, finite.Min()), Math.Min(most, finite.Max()));
        if (high - low < 1e-9)
        {
            (low, high) = (Math.Max(least, low - 0.5), Math.Min(most, low + 0.5));
        }

        var step = RoundStep((high - low) / WantedSteps);
        var first = Math.Floor(low / step + 1e-9);
        var last = Math.Ceiling(high / step - 1e-9);
        var format = Format(step);
        var ticks = Enumerable.Range(0, (int)(last - first) + 1)
            .Select(i => (first + i) * step)
            .Where(value => value >= least - 1e-9 && value <= most + 1e-9)
            .Select(value => new Tick(value, value.ToString(format, CultureInfo.InvariantCulture))).ToArray();
        return new Axis(title, Math.Max(least, first * step), Math.Min(most, last * step), ticks);
    }

    /// <summary>Epochs 1..n: whole numbers only.</summary>
    public static Axis Epochs(int epochs)
    {
        var step = Math.Max(1, (int)RoundStep(Math.Max(1, epochs) / (double)WantedSteps));
        var values = Enumerable.Range(0, epochs / step + 1).Select(i => i * step).Where(value => value > 1).Prepend(1);
        return new Axis("Epoch", epochs > 1 ? 1 : 0.5, Math.Max(1.5, epochs),
            [.. values.Select(value => new Tick(value, value.ToString(CultureInfo.InvariantCulture)))]);
    }

    /// <summary>Round ticks around <paramref name="values"/>, which are positive: 1, 2 and 5 times the powers of ten, or fewer.</summary>
    public static Axis Logarithm(string title, IEnumerable<double> values, Func<double, string> label)
    {
        var (low, high) = Around(values);
        double[] steps = high / low > 300 ? [1] : high / low > 30 ? [1, 3] : [1, 2, 5];
        var from = (int)Math.Floor(Math.Log10(low));
        var ticks = Enumerable.Range(from, (int)Math.Ceiling(Math.Log10(high)) - from + 1)
            .SelectMany(power => steps.Select(step => step * Math.Pow(10, power)))
            .Where(value => value >= low && value <= high)
            .Select(value => new Tick(value, label(value))).ToArray();
        return new Axis(title, low, high, ticks, Logarithmic: true);
    }

    /// <summary>As <see cref="Logarithm"/> for seconds, with ticks at round seconds, minutes and hours.</summary>
    public static Axis Durations(string title, IEnumerable<double> seconds)
    {
        var (low, high) = Around(seconds);
        var within = RoundSeconds.Where(value => value >= low && value <= high).ToArray();
        var each = within.Length / WantedSteps + 1;
        return new Axis(title, low, high,
            [.. within.Where((_, i) => i % each == 0).Select(value => new Tick(value, Wording.Duration(value)))], Logarithmic: true);
    }

    /// <summary>One position for each name, counted from 0.</summary>
    public static Axis Categories(string title, IReadOnlyList<string> names) =>
        new(title, -0.5, Math.Max(0.5, names.Count - 0.5), [.. names.Select((name, i) => new Tick(i, name))]);

    private static (double Low, double High) Around(IEnumerable<double> values)
    {
        var positive = values.Where(value => double.IsFinite(value) && value > 0).DefaultIfEmpty(1).ToArray();
        return (positive.Min() / 1.6, positive.Max() * 1.6);
    }

    private static double RoundStep(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch { <= 1.0001 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }

    /// <summary>The same number of decimals for each tick, or exponents where the digits would take more room.</summary>
    private static string Format(double step) => step >= LossText.LeastWithExponent
        ? "0.##e+0;-0.##e+0;0"
        : "0." + new string('0', Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 9));
}
