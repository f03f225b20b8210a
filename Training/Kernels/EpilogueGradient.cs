using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ServerlessFashion.Training.Kernels;

/// <summary>The backward pass of an <see cref="Epilogue"/>.</summary>
/// <param name="Gradient">Gradient of the result.</param>
/// <param name="Choices">What <see cref="Epilogue.Run"/> wrote; 0 without pooling.</param>
internal sealed unsafe record EpilogueGradient(Epilogue Epilogue, FeatureMaps Gradient, nint Choices)
{
    private const int Lanes = FeatureMaps.Lanes;

    /// <summary>The bit of each lane in <see cref="Choices"/>.</summary>
    private static readonly Vector512<int> LaneBits = Vector512.Create(
        1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);

    /// <summary>
    /// Sums over the batch, for each channel: of d, and then of d * (relu(x) - mean), where d is the gradient with respect to the output of
    /// the BatchNorm.
    /// </summary>
    public double[] Sums(FeatureMaps x, float[] mean)
    {
        var blocks = new double[ImageBlocks.Count(x.Images)][];
        var features = x;
        ImageBlocks.ForEach(x.Images, (block, first, end) =>
        {
            var sums = new ChannelSums(features.Channels);
            for (var image = first; image < end; image++)
            {
                if (Epilogue.HasPooling)
                {
                    SumPooled(features, mean, image, sums);
                }
                else
                {
                    SumPlain(features, mean, image, sums);
                }

                sums.EndImage();
            }

            blocks[block] = sums.Values;
        });
        return ChannelSums.Total(blocks);
    }

    /// <summary>
    /// Replaces <paramref name="x"/> by its gradient: factor * d + slope * relu(x) + offset where the ReLU passes x, otherwise 0.
    /// </summary>
    public void Replace(FeatureMaps x, float[] factor, float[] slope, float[] offset)
    {
        var features = x;
        ImageBlocks.ForEach(x.Images, (_, first, end) =>
        {
            for (var image = first; image < end; image++)
            {
                ReplaceImage(features, factor, slope, offset, image);
            }
        });
    }

    /// <summary>The same for one image of a batch.</summary>
    /// <param name="x">The image's features alone.</param>
    public void ReplaceSingleImage(FeatureMaps x, float[] factor, float[] slope, float[] offset, int image)
    {
        var choices = (nint)Epilogue.ChoicesOf((uint*)Choices, image, Gradient);
        var single = new EpilogueGradient(Epilogue.ForImage(image, Gradient), Gradient.At(image), choices);
        single.ReplaceImage(x, factor, slope, offset, image: 0);
    }

    private void ReplaceImage(FeatureMaps x, float[] factor, float[] slope, float[] offset, int image)
    {
        fixed (float* k = factor, e = slope, b = offset)
        {
            if (Epilogue.HasPooling)
            {
                ReplacePooled(x, image, new Coefficients(k, e, b));
            }
            else
            {
                ReplacePlain(x, image, new Coefficients(k, e, b));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumPlain(FeatureMaps x, float[] means, int image, ChannelSums sums)
    {
        fixed (float* mean = means, firsts = sums.First, seconds = sums.Second)
        {
            for (long at = (long)image * x.ImageStride, stop = at + x.ImageStride; at < stop; at += x.Channels)
            {
                for (var c = 0; c < x.Channels; c += Lanes)
                {
                    var value = Epilogue.Activated(Vector512.Load(x.Values + at + c));
                    Add(Incoming(at + c), value, mean + c, firsts + c, seconds + c);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumPooled(FeatureMaps x, float[] means, int image, ChannelSums sums)
    {
        var channels = x.Channels;
        fixed (float* mean = means, firsts = sums.First, seconds = sums.Second)
        {
            var from = (long)image * Gradient.ImageStride;
            for (var y = 0; y < Gradient.Height; y++)
            {
                var upper = x.Values + ((long)image * x.ImageStride) + (2L * y * x.RowStride);
                for (var column = 0; column < Gradient.Width; column++, upper += 2 * channels)
                {
                    for (var c = 0; c < channels; c += Lanes, from += Lanes)
                    {
                        var (right, low) = Chosen(from);
                        var above = upper + c;
                        var below = above + x.RowStride;
                        var ofUpper = Vector512.ConditionalSelect(right, Vector512.Load(above + channels), Vector512.Load(above));
                        var ofLower = Vector512.ConditionalSelect(right, Vector512.Load(below + channels), Vector512.Load(below));
                        var value = Epilogue.Activated(Vector512.ConditionalSelect(low, ofLower, ofUpper));
                        Add(Incoming(from), value, mean + c, firsts + c, seconds + c);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector512<float> d, Vector512<float> value, float* mean, float* first, float* second)
    {
        (Vector512.Load(first) + d).Store(first);
        Vector512.FusedMultiplyAdd(d, value - Vector512.Load(mean), Vector512.Load(second)).Store(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReplacePlain(FeatureMaps x, int image, Coefficients coefficients)
    {
        for (long at = (long)image * x.ImageStride, stop = at + x.ImageStride; at < stop; at += x.Channels)
        {
            for (var c = 0; c < x.Channels; c += Lanes)
            {
                Replace(x.Values + at + c, Incoming(at + c), coefficients, c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReplacePooled(FeatureMaps x, int image, Coefficients coefficients)
    {
        var (channels, none) = (x.Channels, Vector512<float>.Zero);
        var from = (long)image * Gradient.ImageStride;
        for (var y = 0; y < x.Height; y += 2)
        {
            var at = x.Values + ((long)image * x.ImageStride) + ((long)y * x.RowStride);
            var isWhole = y + 1 < x.Height;
            for (var column = 0; column < x.Width; column += 2, at += 2 * channels)
            {
                for (var c = 0; c < channels; c += Lanes)
                {
                    if (!isWhole || column + 1 == x.Width)
                    {
                        ReplaceBorder(x, at + c, isWhole, column + 1 < x.Width, coefficients, c);
                        continue;
                    }

                    var (right, low) = Chosen(from);
                    var d = Incoming(from);
                    var toRight = Vector512.ConditionalSelect(right, d, none);
                    var toLeft = Vector512.ConditionalSelect(right, none, d);
                    var above = at + c;
                    var below = above + x.RowStride;
                    Replace(above, Vector512.ConditionalSelect(low, none, toLeft), coefficients, c);
                    Replace(above + channels, Vector512.ConditionalSelect(low, none, toRight), coefficients, c);
                    Replace(below, Vector512.ConditionalSelect(low, toLeft, none), coefficients, c);
                    Replace(below + channels, Vector512.ConditionalSelect(low, toRight, none), coefficients, c);
                    from += Lanes;
                }
            }
        }
    }

    /// <summary>A last row or column that no window covers gets only what the BatchNorm spreads over the batch.</summary>
    private void ReplaceBorder(FeatureMaps x, float* at, bool hasBelow, bool hasRight, Coefficients coefficients, int channel)
    {
        var none = Vector512<float>.Zero;
        Replace(at, none, coefficients, channel);
        if (hasRight)
        {
            Replace(at + x.Channels, none, coefficients, channel);
        }

        if (hasBelow)
        {
            Replace(at + x.RowStride, none, coefficients, channel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Replace(float* x, Vector512<float> d, Coefficients coefficients, int channel)
    {
        var values = Vector512.Load(x);
        var spread = Vector512.FusedMultiplyAdd(
            Vector512.Load(coefficients.Slope + channel), Epilogue.Activated(values), Vector512.Load(coefficients.Offset + channel));
        var gradient = Vector512.FusedMultiplyAdd(Vector512.Load(coefficients.Factor + channel), d, spread);
        (Epilogue.HasRelu
            ? Vector512.ConditionalSelect(Vector512.GreaterThan(values, Vector512<float>.Zero), gradient, Vector512<float>.Zero)
            : gradient).Store(x);
    }

    /// <summary>The gradient with respect to the input of the dropout.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Incoming(long at)
    {
        var gradient = Vector512.Load(Gradient.Values + at);
        return Epilogue.Mask == 0 ? gradient : gradient * Vector512.Load((float*)Epilogue.Mask + at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector512<float> Right, Vector512<float> Low) Chosen(long at)
    {
        var bits = ((uint*)Choices)[at / Epilogue.ChoiceLanes];
        return (Lane((int)(bits & 0xFFFF)), Lane((int)(bits >> Lanes)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Lane(int bits) =>
        Vector512.Equals(Vector512.Create(bits) & LaneBits, LaneBits).AsSingle();

    private readonly struct Coefficients(float* factor, float* slope, float* offset)
    {
        public float* Factor => factor;
        public float* Slope => slope;
        public float* Offset => offset;
    }
}
