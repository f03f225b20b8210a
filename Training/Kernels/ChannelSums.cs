namespace ServerlessFashion.Training.Kernels;

/// <summary>Two sums a channel over some images: an image in single precision, the images in double precision.</summary>
internal sealed class ChannelSums(int channels)
{
    /// <summary>The first sum of the image at hand, one a channel.</summary>
    public float[] First { get; } = new float[channels];

    /// <summary>The second sum of the image at hand.</summary>
    public float[] Second { get; } = new float[channels];

    /// <summary>The first sums of all images, then the second ones.</summary>
    public double[] Values { get; } = new double[2 * channels];

    /// <summary>Adds the sums of an image and begins the next.</summary>
    public void EndImage()
    {
        for (var c = 0; c < channels; c++)
        {
            Values[c] += First[c];
            Values[channels + c] += Second[c];
        }

        Array.Clear(First);
        Array.Clear(Second);
    }

    /// <summary>The sums of all blocks, added in their order.</summary>
    public static double[] Total(double[][] blocks)
    {
        var total = new double[blocks[0].Length];
        foreach (var block in blocks)
        {
            for (var i = 0; i < total.Length; i++)
            {
                total[i] += block[i];
            }
        }

        return total;
    }
}
