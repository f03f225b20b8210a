using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Kernels;

/// <summary>
/// The features of a batch in memory: images x rows x columns x channels, one after the other. It reads and writes the memory of a tensor,
/// which must live longer.
/// </summary>
internal readonly unsafe struct FeatureMaps
{
    /// <summary>Floats that a kernel takes at once; a whole number of them are the channels of a pixel.</summary>
    public const int Lanes = 16;

    private FeatureMaps(float* values, int images, int channels, int height, int width)
    {
        Values = values;
        (Images, Channels, Height, Width) = (images, channels, height, width);
    }

    public float* Values { get; }
    public int Images { get; }
    public int Channels { get; }
    public int Height { get; }
    public int Width { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int RowStride => Width * Channels;

    /// <summary>Floats from one image to the next.</summary>
    public int ImageStride => Height * RowStride;

    /// <summary>Whether the kernels take this tensor: floats on the CPU, channels-last, a multiple of 16 channels.</summary>
    public static bool Supports(Tensor features)
    {
        if (features.device_type != DeviceType.CPU || features.dtype != ScalarType.Float32 || features.dim() != 4)
        {
            return false;
        }

        var (shape, stride) = (features.shape, features.stride());
        return shape[1] % Lanes == 0 && stride[1] == 1 && stride[3] == shape[1] && stride[2] == shape[3] * shape[1]
            && stride[0] == shape[2] * shape[3] * shape[1];
    }

    /// <summary>The memory of a tensor that <see cref="Supports"/> accepts.</summary>
    public static FeatureMaps Of(Tensor features)
    {
        using var byPixel = features.permute(0, 2, 3, 1);
        var shape = features.shape;
        return new FeatureMaps(TensorMemory.Floats(byPixel), (int)shape[0], (int)shape[1], (int)shape[2], (int)shape[3]);
    }

    /// <summary>The features of one image in memory of the caller.</summary>
    public static FeatureMaps OfOne(float* values, int channels, int height, int width) => new(values, 1, channels, height, width);

    /// <summary>The features of one image.</summary>
    public FeatureMaps At(int image) => OfOne(Values + ((long)image * ImageStride), Channels, Height, Width);

    /// <summary>The same features in the order of memory that the kernels take.</summary>
    public static Tensor ChannelsLast(Tensor features)
    {
        if (Supports(features))
        {
            return features.alias();
        }

        using var byPixel = features.permute(0, 2, 3, 1);
        using var moved = byPixel.contiguous();
        return moved.permute(0, 3, 1, 2);
    }

    /// <summary>A new tensor (images x channels x height x width) in this order of memory.</summary>
    public static Tensor Create(long images, long channels, long height, long width)
    {
        using var byPixel = TensorFactory.Empty([images, height, width, channels], CPU);
        return byPixel.permute(0, 3, 1, 2);
    }
}
