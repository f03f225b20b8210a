using ServerlessFashion.Training.Devices;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Kernels;

/// <summary>One forward pass of an epilogue, with what its backward pass needs.</summary>
/// <param name="Mean">The mean by which the BatchNorm normalised each channel.</param>
/// <param name="InverseDeviation">The inverse of the deviation by which it did.</param>
/// <param name="DependsOnBatch">Whether mean and deviation are those of the batch.</param>
/// <param name="Layers">They keep the dropout mask alive, whose memory the epilogue reads.</param>
internal sealed record EpiloguePass(
    Epilogue Epilogue, EpilogueLayers Layers, float[] Mean, double[] InverseDeviation, bool DependsOnBatch)
{
    /// <summary>Folds the BatchNorm into a factor and a summand a channel. One that gathers updates its moving statistics.</summary>
    public static EpiloguePass Begin(FeatureMaps x, EpilogueLayers layers)
    {
        if (layers.BatchNorm is not { UsesBatchStatistics: true } norm)
        {
            return WithStoredStatistics(x.Channels, layers);
        }

        var statistics = ChannelStatistics.Of(x, layers.HasRelu, TensorFactory.ToHost(norm.MovingMean));
        UpdateMovingStatistics(norm, statistics, (double)x.Images * x.Height * x.Width);
        return Fold(x.Channels, layers, statistics);
    }

    /// <summary>The same for layers that gather no statistics.</summary>
    public static EpiloguePass WithStoredStatistics(int channels, EpilogueLayers layers) => Fold(
        channels, layers, layers.BatchNorm is { } norm
            ? new ChannelStatistics(
                [.. TensorFactory.ToHost(norm.MovingMean).Select(value => (double)value)],
                [.. TensorFactory.ToHost(norm.MovingVariance).Select(value => (double)value)])
            : null);

    private static EpiloguePass Fold(int channels, EpilogueLayers layers, ChannelStatistics? statistics)
    {
        nint mask;
        unsafe
        {
            mask = layers.Mask is { } values ? (nint)TensorMemory.Floats(values) : 0;
        }

        var (scale, shift, mean, inverse) = (new float[channels], new float[channels], new float[channels], new double[channels]);
        if (layers.BatchNorm is not { } norm || statistics is null)
        {
            Array.Fill(scale, 1);
            return new EpiloguePass(new Epilogue(layers.HasRelu, layers.HasPooling, scale, shift, mask), layers, mean, inverse, false);
        }

        var (gamma, beta) = (TensorFactory.ToHost(norm.Scale), TensorFactory.ToHost(norm.Shift));
        for (var c = 0; c < channels; c++)
        {
            inverse[c] = 1 / Math.Sqrt(statistics.Variance[c] + norm.Epsilon);
            mean[c] = (float)statistics.Mean[c];
            scale[c] = (float)(gamma[c] * inverse[c]);
            shift[c] = (float)(beta[c] - (gamma[c] * inverse[c] * statistics.Mean[c]));
        }

        var epilogue = new Epilogue(layers.HasRelu, layers.HasPooling, scale, shift, mask);
        return new EpiloguePass(epilogue, layers, mean, inverse, norm.UsesBatchStatistics);
    }

    /// <summary>Replaces the features by their gradient.</summary>
    /// <param name="gradient">Gradient of the result.</param>
    /// <param name="choices">What the forward pass chose in each window; 0 without pooling.</param>
    /// <returns>The gradients of the BatchNorm's scale and shift; null without BatchNorm, or if it is frozen.</returns>
    public (Tensor? Scale, Tensor? Shift) Differentiate(FeatureMaps x, FeatureMaps gradient, nint choices)
    {
        var backward = new EpilogueGradient(Epilogue, gradient, choices);
        var (slope, offset) = (new float[x.Channels], new float[x.Channels]);
        if (Layers.BatchNorm is not { } norm || !(DependsOnBatch || norm.Scale.requires_grad))
        {
            backward.Replace(x, Epilogue.Scale, slope, offset);
            return (null, null);
        }

        var sums = backward.Sums(x, Mean);
        var count = (double)x.Images * x.Height * x.Width;
        var (ofScale, ofShift) = (new float[x.Channels], new float[x.Channels]);
        for (var c = 0; c < x.Channels; c++)
        {
            // dx = scale * (d - mean(d) - normalised * mean(d * normalised)), Ioffe and Szegedy 2015.
            var ofNormalised = sums[x.Channels + c] * InverseDeviation[c];
            (ofScale[c], ofShift[c]) = ((float)ofNormalised, (float)sums[c]);
            if (DependsOnBatch)
            {
                slope[c] = (float)(-Epilogue.Scale[c] * InverseDeviation[c] * ofNormalised / count);
                offset[c] = (float)((-Epilogue.Scale[c] * sums[c] / count) - ((double)slope[c] * Mean[c]));
            }
        }

        backward.Replace(x, Epilogue.Scale, slope, offset);
        return (TensorFactory.From(ofScale, CPU), TensorFactory.From(ofShift, CPU));
    }

    /// <summary>The moving variance takes the unbiased estimate, like that of PyTorch.</summary>
    private static void UpdateMovingStatistics(BatchNormWeights norm, ChannelStatistics statistics, double count)
    {
        var unbiased = count / (count - 1);
        Move(norm.MovingMean, statistics.Mean, 1);
        Move(norm.MovingVariance, statistics.Variance, unbiased);

        void Move(Tensor moving, double[] values, double factor)
        {
            using var latest = TensorFactory.From(Array.ConvertAll(values, value => (float)(value * factor)), CPU);
            moving.mul_(1 - norm.Momentum).add_(latest, norm.Momentum);
        }
    }
}
