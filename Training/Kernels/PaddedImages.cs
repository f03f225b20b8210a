using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Kernels;

/// <summary>Images of one channel, and the sums over their 3x3 windows.</summary>
/// <param name="images">batch x 1 x height x width, without gaps.</param>
internal sealed unsafe class PaddedImages(Tensor images, FirstConvolution.Window window)
{
    private const int Lanes = FeatureMaps.Lanes;

    private readonly float* _pixels = TensorMemory.Floats(images);
    private readonly int _count = (int)images.shape[0];
    private readonly int _height = (int)images.shape[2];
    private readonly int _width = (int)images.shape[3];

    private int PaddedWidth => _width + (2 * window.Padding);

    public static PaddedImages Of(Tensor images, FirstConvolution.Window window) => new(images, window);

    /// <summary>Writes the sum of each window times each filter, plus the bias.</summary>
    /// <param name="taps">9 x filters.</param>
    public void Convolve(float[] taps, float[] bias, FeatureMaps result)
    {
        var output = result;
        ImageBlocks.ForEach(_count, (_, first, end) =>
        {
            var padded = NewPadded();
            for (var image = first; image < end; image++)
            {
                Convolve(image, padded, taps, bias, output.At(image));
            }
        });
    }

    /// <summary>
    /// The sums over the batch of each pixel of each window times the gradient (9 x filters), and then the sums of the gradient.
    /// </summary>
    public double[] Correlate(FeatureMaps gradient)
    {
        var blocks = new double[ImageBlocks.Count(_count)][];
        var incoming = gradient;
        ImageBlocks.ForEach(_count, (block, first, end) =>
        {
            var padded = NewPadded();
            var sums = new double[(FilterBlock.Taps + 1) * incoming.Channels];
            for (var image = first; image < end; image++)
            {
                Pad(image, padded);
                Correlate(padded, incoming.At(image), sums);
            }

            blocks[block] = sums;
        });
        return ChannelSums.Total(blocks);
    }

    /// <summary>Room for one image with the zeros around it.</summary>
    public float[] NewPadded() => new float[(_height + (2 * window.Padding)) * PaddedWidth];

    /// <summary>Writes the sums of one image.</summary>
    /// <param name="padded">Receives the image with the zeros around it.</param>
    /// <param name="result">The features of the image alone.</param>
    public void Convolve(int image, float[] padded, float[] taps, float[] bias, FeatureMaps result)
    {
        Pad(image, padded);
        for (var filter = 0; filter < result.Channels; filter += Lanes)
        {
            Convolve(padded, taps, bias, result, filter);
        }
    }

    /// <summary>Adds the sums of one image.</summary>
    /// <param name="gradient">The gradient of the image alone.</param>
    public void Correlate(float[] padded, FeatureMaps gradient, double[] sums)
    {
        for (var filter = 0; filter < gradient.Channels; filter += Lanes)
        {
            Correlate(padded, gradient, filter, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Convolve(float[] padded, float[] taps, float[] bias, FeatureMaps result, int filter)
    {
        var (channels, width, stride) = (result.Channels, PaddedWidth, window.Stride);
        fixed (float* start = padded, kernel = taps, biases = bias)
        {
            var w = kernel + filter;
            var (w0, w1, w2) = (Vector512.Load(w), Vector512.Load(w + channels), Vector512.Load(w + (2 * channels)));
            var (w3, w4, w5) = (Vector512.Load(w + (3 * channels)), Vector512.Load(w + (4 * channels)), Vector512.Load(w + (5 * channels)));
            var (w6, w7, w8) = (Vector512.Load(w + (6 * channels)), Vector512.Load(w + (7 * channels)), Vector512.Load(w + (8 * channels)));
            var plus = Vector512.Load(biases + filter);
            var to = result.Values + filter;
            for (var y = 0; y < result.Height; y++)
            {
                var x = start + (y * stride * width);
                for (var column = 0; column < result.Width; column++, x += stride, to += channels)
                {
                    var next = x + width;
                    var last = next + width;
                    var sum = Vector512.FusedMultiplyAdd(w0, Vector512.Create(x[0]), plus);
                    sum = Vector512.FusedMultiplyAdd(w1, Vector512.Create(x[1]), sum);
                    sum = Vector512.FusedMultiplyAdd(w2, Vector512.Create(x[2]), sum);
                    sum = Vector512.FusedMultiplyAdd(w3, Vector512.Create(next[0]), sum);
                    sum = Vector512.FusedMultiplyAdd(w4, Vector512.Create(next[1]), sum);
                    sum = Vector512.FusedMultiplyAdd(w5, Vector512.Create(next[2]), sum);
                    sum = Vector512.FusedMultiplyAdd(w6, Vector512.Create(last[0]), sum);
                    sum = Vector512.FusedMultiplyAdd(w7, Vector512.Create(last[1]), sum);
                    Vector512.FusedMultiplyAdd(w8, Vector512.Create(last[2]), sum).Store(to);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Correlate(float[] padded, FeatureMaps gradient, int filter, double[] sums)
    {
        var (channels, width, stride) = (gradient.Channels, PaddedWidth, window.Stride);
        var none = Vector512<float>.Zero;
        var (s0, s1, s2, s3, s4, s5, s6, s7, s8, total) = (none, none, none, none, none, none, none, none, none, none);
        fixed (float* start = padded)
        {
            var from = gradient.Values + filter;
            for (var y = 0; y < gradient.Height; y++)
            {
                var x = start + (y * stride * width);
                for (var column = 0; column < gradient.Width; column++, x += stride, from += channels)
                {
                    var next = x + width;
                    var last = next + width;
                    var d = Vector512.Load(from);
                    s0 = Vector512.FusedMultiplyAdd(d, Vector512.Create(x[0]), s0);
                    s1 = Vector512.FusedMultiplyAdd(d, Vector512.Create(x[1]), s1);
                    s2 = Vector512.FusedMultiplyAdd(d, Vector512.Create(x[2]), s2);
                    s3 = Vector512.FusedMultiplyAdd(d, Vector512.Create(next[0]), s3);
                    s4 = Vector512.FusedMultiplyAdd(d, Vector512.Create(next[1]), s4);
                    s5 = Vector512.FusedMultiplyAdd(d, Vector512.Create(next[2]), s5);
                    s6 = Vector512.FusedMultiplyAdd(d, Vector512.Create(last[0]), s6);
                    s7 = Vector512.FusedMultiplyAdd(d, Vector512.Create(last[1]), s7);
                    s8 = Vector512.FusedMultiplyAdd(d, Vector512.Create(last[2]), s8);
                    total += d;
                }
            }
        }

        ReadOnlySpan<Vector512<float>> found = [s0, s1, s2, s3, s4, s5, s6, s7, s8, total];
        for (var tap = 0; tap < found.Length; tap++)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                sums[(tap * channels) + filter + lane] += found[tap][lane];
            }
        }
    }

    /// <summary>Copies an image into the middle of an array of zeros.</summary>
    private void Pad(int image, float[] padded)
    {
        var (height, width, padding) = (_height, _width, window.Padding);
        for (var y = 0; y < height; y++)
        {
            new ReadOnlySpan<float>(_pixels + ((long)image * height * width) + (y * width), width)
                .CopyTo(padded.AsSpan(((y + padding) * PaddedWidth) + padding));
        }
    }
}
