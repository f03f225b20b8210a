namespace ServerlessFashion.Data;

/// <summary>
/// The competition's five labels: the quintile of an image's total brightness after an offset per garment,
/// <c>label = number of k with S + b[c] &gt; T[k]</c>, with S the sum of the 784 raw grey values and c the garment.
/// </summary>
/// <remarks>
/// The constants are a reconstruction. They give exactly 14,000 images of each label. Up to 4 of the 70,000 images could belong on
/// the other side of a cut.
/// </remarks>
public static class FiveLabelRule
{
    /// <summary>Number of labels.</summary>
    public const int Labels = 5;

    private static readonly int[] CutValues = [34506, 60652, 80358, 101960];
    private static readonly int[] OffsetValues = [28822, -28356, -1956, 0, 8065, 40562, 3, -1961, 83321, 26389];

    /// <summary>T: the four cuts between neighbouring labels, in grey values.</summary>
    public static IReadOnlyList<int> Cuts => CutValues;

    /// <summary>b: the brightness offset of each of the ten garments, in grey values.</summary>
    public static IReadOnlyList<int> Offsets => OffsetValues;

    /// <summary>S: the sum of an image's raw grey values (0..255 each).</summary>
    public static int Brightness(ReadOnlySpan<byte> image)
    {
        var sum = 0;
        foreach (var pixel in image)
        {
            sum += pixel;
        }

        return sum;
    }

    /// <summary>
    /// The label 0..4 of an image with total brightness <paramref name="brightness"/> that shows <paramref name="garment"/> (0..9).
    /// </summary>
    public static byte Label(int brightness, byte garment)
    {
        var shifted = brightness + OffsetValues[garment];
        byte label = 0;
        foreach (var cut in CutValues)
        {
            label += shifted > cut ? (byte)1 : (byte)0;
        }

        return label;
    }
}
