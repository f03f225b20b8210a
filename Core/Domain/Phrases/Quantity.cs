using System.Globalization;

namespace ServerlessFashion.Phrases;

/// <summary>Writes a number with its noun, in the singular or in the plural.</summary>
public static class Quantity
{
    /// <summary>A text such as <c>1 image</c>, <c>0 images</c> or <c>45 images</c>. The number has no separators.</summary>
    /// <param name="singular">The noun in the singular.</param>
    /// <param name="plural">The noun in the plural; null if it only adds an s.</param>
    public static string Of(long count, string singular, string? plural = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {Noun(count, singular, plural)}");

    /// <summary>The noun that fits the number.</summary>
    /// <inheritdoc cref="Of"/>
    public static string Noun(long count, string singular, string? plural = null) => count == 1 ? singular : plural ?? singular + "s";
}
