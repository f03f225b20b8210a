namespace ServerlessFashion.Data;

/// <summary>Grey images with their labels, resident in memory.</summary>
/// <param name="Pixels">Raw grey values 0..255, image after image, row by row: Count x 784 bytes.</param>
/// <param name="Labels">One label per image, counted from 0.</param>
/// <param name="Garments">The Fashion-MNIST class 0..9 of each image.</param>
/// <param name="Ids">The image's identity in its split, as the competition files give it: its 0-based row.</param>
public sealed record LabelledImages(byte[] Pixels, byte[] Labels, byte[] Garments, int[] Ids)
{
    public const int Side = 28;
    public const int PixelsPerImage = Side * Side;

    public int Count => Labels.Length;

    /// <summary>The 784 grey values of image <paramref name="index"/>.</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.AsSpan(index * PixelsPerImage, PixelsPerImage);

    /// <summary>The sum of the raw grey values of each image. The sums are whole numbers that a float represents exactly.</summary>
    public float[] Brightness() => [.. Enumerable.Range(0, Count).Select(index => (float)FiveLabelRule.Brightness(Image(index)))];

    /// <summary>A copy of the images at <paramref name="indices"/>, in that order.</summary>
    public LabelledImages Select(IReadOnlyList<int> indices)
    {
        var selected = new LabelledImages(
            new byte[indices.Count * PixelsPerImage], new byte[indices.Count], new byte[indices.Count], new int[indices.Count]);
        for (var i = 0; i < indices.Count; i++)
        {
            Image(indices[i]).CopyTo(selected.Pixels.AsSpan(i * PixelsPerImage));
            selected.Labels[i] = Labels[indices[i]];
            selected.Garments[i] = Garments[indices[i]];
            selected.Ids[i] = Ids[indices[i]];
        }

        return selected;
    }
}
