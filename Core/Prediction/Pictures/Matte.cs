namespace ServerlessFashion.Prediction.Pictures;

/// <summary>
/// Lays a transparent picture over a ground: white, as in the photos that Fashion-MNIST was made from, or black for a
/// cut-out that is itself mostly white and would vanish.
/// </summary>
internal static class Matte
{
    private const int Opaque = 255;

    /// <summary>A pixel that is at least half opaque shows the garment and not its shadow.</summary>
    private const int HalfOpaque = 128;

    /// <summary>Within 5 % of white in each channel.</summary>
    private const int NearWhite = 243;

    /// <summary>Blends the pixels with the ground. Opacities stay as they are.</summary>
    /// <param name="isCutOut">Whether the opaque pixels are the garment (<see cref="RgbaPicture.IsCutOut"/>).</param>
    /// <param name="rgba">Four bytes for each pixel, not premultiplied.</param>
    /// <returns>True if the whole picture is opaque and grey.</returns>
    public static bool Apply(Span<byte> rgba, bool isCutOut)
    {
        var ground = isCutOut && IsWhite(rgba) ? 0 : 255;
        var isOpaqueGrey = true;
        for (var i = 0; i < rgba.Length; i += 4)
        {
            var alpha = rgba[i + 3];
            if (alpha != Opaque)
            {
                for (var channel = i; channel < i + 3; channel++)
                {
                    rgba[channel] = (byte)(((rgba[channel] * alpha) + (ground * (Opaque - alpha)) + (Opaque / 2)) / Opaque);
                }
            }

            isOpaqueGrey &= alpha == Opaque && rgba[i] == rgba[i + 1] && rgba[i] == rgba[i + 2];
        }

        return isOpaqueGrey;
    }

    private static bool IsWhite(ReadOnlySpan<byte> rgba)
    {
        var (visible, white) = (0L, 0L);
        for (var i = 0; i < rgba.Length; i += 4)
        {
            if (rgba[i + 3] >= HalfOpaque)
            {
                visible++;
                white += Math.Min(rgba[i], Math.Min(rgba[i + 1], rgba[i + 2])) >= NearWhite ? 1 : 0;
            }
        }

        return white * 2 > visible;
    }
}
