using System.Globalization;

namespace ServerlessFashion.Prediction.Reading;

/// <summary>The grey values that every format holds: whole numbers from 0 to 255.</summary>
public static class GreyValues
{
    /// <summary>A description for messages that refuse a value.</summary>
    public const string Expected = "a whole number from 0 to 255";

    /// <summary>How to turn values like <paramref name="found"/> into grey values: the end of a message that refuses it.</summary>
    public static string Remedy(double found) => found switch
    {
        > 0 and < 1 => "; if the values are scaled to 0..1, multiply them by 255 and round them",
        < 0 => "; if the values are normalised, undo that first",
        > 255 and <= ushort.MaxValue => "; if the values have 16 bits, divide them by 257 and round them",
        _ => "",
    };

    /// <inheritdoc cref="Remedy(double)"/>
    /// <param name="found">The text of the value; any text that is no number has no remedy.</param>
    public static string Remedy(ReadOnlySpan<char> found) =>
        double.TryParse(found, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? Remedy(value) : "";
}
