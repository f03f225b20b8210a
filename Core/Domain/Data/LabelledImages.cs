namespace ServerlessFashion.Data;

/// <summary>Images of one shape with their labels, resident in memory.</summary>
/// <param name="Pixels">
/// Raw values 0..255, image after image, row by row, the channels of a pixel side by side: Count x <see cref="ImageShape.Bytes"/>.
/// </param>
/// <param name="Labels">One label per image, counted from 0.</param>
/// <param name="Garments">The Fashion-MNIST class 0..9 of each image; the labels where the data set is another one.</param>
/// <param name="Ids">The image's identity in its split, as the competition files give it: its 0-based row.</param>
public sealed record LabelledImages(byte[] Pixels, byte[] Labels, byte[] Garments, int[] Ids)
{
    /// <summary>The shape of each image. The default value is that of Fashion-MNIST.</summary>
    public ImageShape Shape { get; init; } = ImageShape.FashionMnist;

    public int Count => Labels.Length;

    /// <summary>The bytes of image <paramref name="index"/>.</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.AsSpan(index * Shape.Bytes, Shape.Bytes);

    /// <summary>The sum of the raw values of each image. The sums are whole numbers that a float represents exactly.</summary>
    public float[] Brightness() => [.. Enumerable.Range(0, Count).Select(index => (float)FiveLabelRule.Brightness(Image(index)))];

    /// <summary>A copy of the images at <paramref name="indices"/>, in that order.</summary>
    public LabelledImages Select(IReadOnlyList<int> indices)
    {
        var selected = new LabelledImages(
            new byte[indices.Count * Shape.Bytes], new byte[indices.Count], new byte[indices.Count], new int[indices.Count])
        {
            Shape = Shape,
        };
        for (var i = 0; i < indices.Count; i++)
        {
            Image(indices[i]).CopyTo(selected.Pixels.AsSpan(i * Shape.Bytes));
            selected.Labels[i] = Labels[indices[i]];
            selected.Garments[i] = Garments[indices[i]];
            selected.Ids[i] = Ids[indices[i]];
        }

        return selected;
    }
}
