using System.Globalization;

namespace ServerlessFashion.Phrases;

/// <summary>Losses as text.</summary>
public static class LossText
{
    /// <summary>The least loss that is written with an exponent, because its digits would take more room.</summary>
    public const double LeastWithExponent = 1e5;

    /// <summary>A loss with four decimals. A large one, as of a training that diverges, has an exponent: 0.2558, 2.0000e+28, NaN.</summary>
    public static string Of(double value) =>
        value.ToString(Math.Abs(value) < LeastWithExponent ? "0.0000" : "0.0000e+0", CultureInfo.InvariantCulture);

    /// <summary>The same; empty where there is no loss yet.</summary>
    public static string Of(double? value) => value is { } loss ? Of(loss) : "";
}
