using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ServerlessFashion.Training.Kernels;

/// <summary>
/// What follows a convolution, in one pass over its output x: ReLU, BatchNorm, pooling of 2x2 windows and dropout, each if the network has
/// it. An element becomes mask * max over its window of (scale * relu(x) + shift).
/// </summary>
/// <param name="HasRelu">Whether there is a ReLU.</param>
/// <param name="HasPooling">Whether there is a pooling.</param>
/// <param name="Scale">Factor of each channel: 1 without BatchNorm.</param>
/// <param name="Shift">Summand of each channel: 0 without BatchNorm.</param>
/// <param name="Mask">Dropout mask in the order of the result's memory, owned by the caller; 0 without dropout.</param>
internal sealed unsafe record Epilogue(bool HasRelu, bool HasPooling, float[] Scale, float[] Shift, nint Mask)
{
    /// <summary>Elements of the result whose choices are one number.</summary>
    public const int ChoiceLanes = FeatureMaps.Lanes;

    private const int Lanes = FeatureMaps.Lanes;

    /// <summary>Writes the result of <paramref name="x"/>.</summary>
    /// <param name="choices">
    /// Receives, for each vector of the result, which element of its window was the largest: a bit an element for the right column in the
    /// lower half, and for the lower row in the upper half. Null without a backward pass or without pooling.
    /// </param>
    public void Run(FeatureMaps x, FeatureMaps result, uint* choices)
    {
        var (features, y, bits) = (x, result, (nint)choices);
        ImageBlocks.ForEach(x.Images, (_, first, end) =>
        {
            if (HasPooling)
            {
                RunPooled(features, y, (uint*)bits, first, end);
            }
            else
            {
                RunPlain(features, y, first, end);
            }
        });
    }

    /// <summary>The same for one image of a batch.</summary>
    /// <param name="x">The image's features alone.</param>
    /// <param name="result">The result of the batch.</param>
    /// <param name="choices">The choices of the batch.</param>
    public void RunOne(FeatureMaps x, FeatureMaps result, uint* choices, int image)
    {
        if (HasPooling)
        {
            ForImage(image, result).RunPooled(x, result.At(image), ChoicesOf(choices, image, result), 0, 1);
        }
        else
        {
            ForImage(image, result).RunPlain(x, result.At(image), 0, 1);
        }
    }

    /// <summary>This epilogue with the dropout mask of one image.</summary>
    public Epilogue ForImage(int image, FeatureMaps result) =>
        Mask == 0 ? this : this with { Mask = Mask + ((nint)sizeof(float) * image * result.ImageStride) };

    /// <summary>Where the choices of an image begin.</summary>
    public static uint* ChoicesOf(uint* choices, int image, FeatureMaps result) =>
        choices is null ? null : choices + ((long)image * result.ImageStride / ChoiceLanes);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunPlain(FeatureMaps x, FeatureMaps result, int first, int end)
    {
        var mask = (float*)Mask;
        fixed (float* scale = Scale, shift = Shift)
        {
            for (long at = (long)first * x.ImageStride, stop = (long)end * x.ImageStride; at < stop; at += x.Channels)
            {
                for (var c = 0; c < x.Channels; c += Lanes)
                {
                    var value = Normalised(x.Values + at + c, scale + c, shift + c);
                    (mask is null ? value : value * Vector512.Load(mask + at + c)).Store(result.Values + at + c);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunPooled(FeatureMaps x, FeatureMaps result, uint* choices, int first, int end)
    {
        var channels = x.Channels;
        var mask = (float*)Mask;
        fixed (float* scale = Scale, shift = Shift)
        {
            var to = (long)first * result.ImageStride;
            for (var row = first * result.Height; row < end * result.Height; row++)
            {
                var (image, y) = Math.DivRem(row, result.Height);
                var upper = x.Values + ((long)image * x.ImageStride) + (2L * y * x.RowStride);
                for (var column = 0; column < result.Width; column++, upper += 2 * channels)
                {
                    for (var c = 0; c < channels; c += Lanes, to += Lanes)
                    {
                        var above = upper + c;
                        var below = above + x.RowStride;
                        var factor = scale + c;
                        var summand = shift + c;
                        var (upperLeft, upperRight) = (Normalised(above, factor, summand), Normalised(above + channels, factor, summand));
                        var (lowerLeft, lowerRight) = (Normalised(below, factor, summand), Normalised(below + channels, factor, summand));
                        var isUpperRight = IsLarger(upperRight, upperLeft);
                        var isLowerRight = IsLarger(lowerRight, lowerLeft);
                        var up = Vector512.ConditionalSelect(isUpperRight, upperRight, upperLeft);
                        var low = Vector512.ConditionalSelect(isLowerRight, lowerRight, lowerLeft);
                        var isLow = IsLarger(low, up);
                        var value = Vector512.ConditionalSelect(isLow, low, up);
                        if (choices is not null)
                        {
                            var right = Vector512.ConditionalSelect(isLow, isLowerRight, isUpperRight);
                            choices[to / ChoiceLanes] =
                                (uint)(right.ExtractMostSignificantBits() | (isLow.ExtractMostSignificantBits() << Lanes));
                        }

                        (mask is null ? value : value * Vector512.Load(mask + to)).Store(result.Values + to);
                    }
                }
            }
        }
    }

    /// <summary>Where an element is larger than another one, or is not a number: the window must show it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> IsLarger(Vector512<float> one, Vector512<float> other) =>
        Vector512.LessThan(other, one) | ~Vector512.Equals(one, one);

    /// <summary>The elements after the ReLU; a value that is not a number stays one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Activated(Vector512<float> values) => HasRelu
        ? Vector512.ConditionalSelect(Vector512.LessThan(values, Vector512<float>.Zero), Vector512<float>.Zero, values)
        : values;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Normalised(float* x, float* scale, float* shift) =>
        Vector512.FusedMultiplyAdd(Activated(Vector512.Load(x)), Vector512.Load(scale), Vector512.Load(shift));
}
