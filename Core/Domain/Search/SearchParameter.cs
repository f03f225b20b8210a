using System.Globalization;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Search;

/// <summary>
/// One parameter of a search. Its values are the points of the unit interval, so that a sampler need not know what they mean.
/// </summary>
/// <param name="Name">An option of the model, such as <c>learningRate</c>; see <see cref="SpecOptions"/>.</param>
public abstract record SearchParameter(string Name)
{
    /// <summary>Number of different values; null for more than trials can have.</summary>
    public abstract int? Count { get; }

    /// <summary>The value at a point of the unit interval.</summary>
    public abstract OptionValue ValueAt(double point);

    /// <summary>The point of a value that <see cref="ValueAt"/> gave: the centre of the points that give it.</summary>
    public abstract double PointOf(OptionValue value);

    /// <exception cref="InvalidInputException">The range is not usable; the message names the parameter.</exception>
    public static SearchParameter Of(string name, ParameterRange range)
    {
        var hasLimits = range.From is not null || range.To is not null;
        if (range.Values is { } values)
        {
            return hasLimits || range.Scale is not null || range.Whole is not null
                ? throw Refusal(name, "give either values, or from and to")
                : values.Count < 2 ? throw Refusal(name, $"expected at least 2 values, found {values.Count}")
                : values.Distinct().Count() < values.Count ? throw Refusal(name, "a value is named twice")
                : new ChoiceParameter(name, values);
        }

        if (range is not { From: { } from, To: { } to })
        {
            throw Refusal(name, "give values, or from and to");
        }

        var scale = range.Scale ?? ParameterScale.Linear;
        var isWhole = range.Whole ?? false;
        return !double.IsFinite(from) || !double.IsFinite(to) || from >= to ? throw Refusal(name, "from must be less than to")
            : scale == ParameterScale.Log && from <= 0 ? throw Refusal(name, "the scale log needs from above 0")
            : isWhole && (from != Math.Floor(from) || to != Math.Floor(to)) ? throw Refusal(name, "from and to must be whole numbers")
            : new NumberParameter(name, from, to, scale, isWhole);
    }

    private static InvalidInputException Refusal(string name, string what) => new($"space: {name}: {what}.");
}

/// <summary>All numbers, or all whole numbers, from one limit to another.</summary>
public sealed record NumberParameter(string Name, double From, double To, ParameterScale Scale, bool IsWhole) : SearchParameter(Name)
{
    /// <summary>Digits that a drawn number keeps, so that people can read it.</summary>
    private const int Digits = 3;

    /// <summary>Places of the unit interval at which values are counted: a narrow range has few numbers of <see cref="Digits"/>.</summary>
    private const int Places = 2000;

    public override int? Count => IsWhole ? CountWhole() : CountRounded();

    private double Low => Scaled(IsWhole ? From - .5 : From);

    private double High => Scaled(IsWhole ? To + .5 : To);

    public override OptionValue ValueAt(double point)
    {
        var number = Unscaled(Low + (Math.Clamp(point, 0, 1) * (High - Low)));
        // The sum with 0 turns -0 into 0.
        var value = Math.Clamp(IsWhole ? Math.Round(number) : Rounded(number), From, To) + 0d;
        return OptionValue.Of(value.ToString("R", CultureInfo.InvariantCulture));
    }

    public override double PointOf(OptionValue value) =>
        (Scaled(double.Parse(value.Text, CultureInfo.InvariantCulture)) - Low) / (High - Low);

    private int? CountWhole() => To - From < int.MaxValue ? (int)(To - From) + 1 : null;

    /// <summary>A value between two places is missed, so that a draw finds each of the counted ones soon.</summary>
    private int? CountRounded()
    {
        var values = Enumerable.Range(0, Places + 1).Select(place => ValueAt((double)place / Places)).Distinct().Count();
        return values < SearchSettings.MostTrials ? values : null;
    }

    private static double Rounded(double number) =>
        double.Parse(number.ToString($"G{Digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private double Scaled(double number) => Scale == ParameterScale.Log ? Math.Log(number) : number;

    private double Unscaled(double number) => Scale == ParameterScale.Log ? Math.Exp(number) : number;
}

/// <summary>Values without an order.</summary>
public sealed record ChoiceParameter(string Name, IReadOnlyList<OptionValue> Values) : SearchParameter(Name)
{
    public override int? Count => Values.Count;

    public override OptionValue ValueAt(double point) => Values[IndexAt(point)];

    public override double PointOf(OptionValue value) => (IndexOf(value) + .5) / Values.Count;

    /// <summary>The position of the value at a point.</summary>
    public int IndexAt(double point) => Math.Clamp((int)(point * Values.Count), 0, Values.Count - 1);

    private int IndexOf(OptionValue value) => Values.Index().First(candidate => candidate.Item == value).Index;
}
