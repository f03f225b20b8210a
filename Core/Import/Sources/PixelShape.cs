using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Sources;

/// <summary>Sizes of images whose values stand in a file.</summary>
internal static class PixelShape
{
    private const int LongestSide = 4096;

    /// <exception cref="InvalidInputException">The images are empty or too large, or have neither one nor three channels.</exception>
    public static void Check(long height, long width, long channels, ReadContext context)
    {
        if (height is < 1 or > LongestSide || width is < 1 or > LongestSide || channels is not (1 or 3))
        {
            throw context.Error(
                $"the images should have sides of 1 to {LongestSide} pixels and 1 or 3 channels, found {height}x{width}x{channels}");
        }
    }

    /// <summary>Side and channels of a row of values: side x side grey values, or three for each pixel. Null for other numbers.</summary>
    public static (int Side, int Channels)? OfRow(long values)
    {
        foreach (var channels in (int[])[1, 3])
        {
            var side = (int)Math.Round(Math.Sqrt(values / (double)channels));
            if (side > 0 && side <= LongestSide && (long)side * side * channels == values)
            {
                return (side, channels);
            }
        }

        return null;
    }
}
