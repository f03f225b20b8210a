using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ServerlessFashion.Training.Kernels;

/// <summary>Mean and variance (biased) of each channel over a batch, after the ReLU if there is one.</summary>
internal sealed unsafe record ChannelStatistics(double[] Mean, double[] Variance)
{
    private const int Lanes = FeatureMaps.Lanes;

    /// <param name="centre">
    /// A guess of each mean. Sums of squares about it lose no digits where a mean is far from 0 (the shifted form of Chan, Golub and
    /// LeVeque, 1983). Each image is summed in single precision, and the images in double precision.
    /// </param>
    public static ChannelStatistics Of(FeatureMaps x, bool rectifies, float[] centre)
    {
        var channels = x.Channels;
        var blocks = new double[ImageBlocks.Count(x.Images)][];
        var features = x;
        ImageBlocks.ForEach(x.Images, (block, first, end) => blocks[block] = Sums(features, rectifies, centre, first, end));
        var total = ChannelSums.Total(blocks);
        var count = (double)x.Images * x.Height * x.Width;
        var (mean, variance) = (new double[channels], new double[channels]);
        for (var c = 0; c < channels; c++)
        {
            var offset = total[c] / count;
            mean[c] = centre[c] + offset;
            variance[c] = Math.Max(0, (total[channels + c] / count) - (offset * offset));
        }

        return new ChannelStatistics(mean, variance);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Sums(FeatureMaps x, bool rectifies, float[] centre, int first, int end)
    {
        var channels = x.Channels;
        var sums = new ChannelSums(channels);
        fixed (float* middle = centre, firsts = sums.First, seconds = sums.Second)
        {
            for (var image = first; image < end; image++)
            {
                var at = x.Values + ((long)image * x.ImageStride);
                for (var stop = at + x.ImageStride; at < stop; at += channels)
                {
                    for (var c = 0; c < channels; c += Lanes)
                    {
                        var values = Vector512.Load(at + c);
                        if (rectifies)
                        {
                            values = Vector512.ConditionalSelect(
                                Vector512.LessThan(values, Vector512<float>.Zero), Vector512<float>.Zero, values);
                        }

                        values -= Vector512.Load(middle + c);
                        (Vector512.Load(firsts + c) + values).Store(firsts + c);
                        Vector512.FusedMultiplyAdd(values, values, Vector512.Load(seconds + c)).Store(seconds + c);
                    }
                }

                sums.EndImage();
            }
        }

        return sums.Values;
    }
}
