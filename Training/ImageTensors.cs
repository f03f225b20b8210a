using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ServerlessFashion.Training;

/// <summary>One set of images, resident as bytes on a device. It gathers batches and converts them to a network's input.</summary>
internal sealed class ImageTensors : IDisposable
{
    private const double LargestValue = 255;

    private readonly Tensor _pixels;
    private readonly Tensor _brightness;
    private readonly Tensor _labels;
    private readonly Tensor _garments;
    private readonly NetworkInput _input;

    public ImageTensors(LabelledImages images, InputTransform transform, Device device)
    {
        _input = transform.For(images.Shape);
        Device = device;
        _pixels = ChannelsFirst(images, device).DetachFromDisposeScope();
        _brightness = TensorFactory.From(images.Brightness(), Device).DetachFromDisposeScope();
        _labels = TensorFactory.From(Array.ConvertAll(images.Labels, label => (long)label), Device).DetachFromDisposeScope();
        _garments = TensorFactory.From(Array.ConvertAll(images.Garments, garment => (long)garment), Device).DetachFromDisposeScope();
    }

    /// <summary>The device of the images and of their batches.</summary>
    public Device Device { get; }

    public int Count => (int)_labels.shape[0];

    /// <summary>The images at <paramref name="indices"/>.</summary>
    public TensorBatch Gather(ReadOnlySpan<long> indices)
    {
        using var index = TensorFactory.From(indices.ToArray(), Device);
        using var gathered = _pixels.index_select(0, index);
        return new TensorBatch(
            ToInput(gathered), _brightness.index_select(0, index), _labels.index_select(0, index), _garments.index_select(0, index));
    }

    /// <summary><paramref name="count"/> images from <paramref name="start"/> on.</summary>
    public TensorBatch Range(int start, int count)
    {
        using var range = _pixels.narrow(0, start, count);
        return new TensorBatch(
            ToInput(range), _brightness.narrow(0, start, count), _labels.narrow(0, start, count), _garments.narrow(0, start, count));
    }

    public void Dispose()
    {
        _pixels.Dispose();
        _brightness.Dispose();
        _labels.Dispose();
        _garments.Dispose();
    }

    /// <summary>Count x channels x side x side. The channels of a pixel lie side by side in a data set.</summary>
    private static Tensor ChannelsFirst(LabelledImages images, Device device)
    {
        var (side, channels) = (images.Shape.Side, images.Shape.Channels);
        if (channels == 1)
        {
            return TensorFactory.Share(images.Pixels, [images.Count, 1, side, side], device);
        }

        using var byPixel = TensorFactory.Share(images.Pixels, [images.Count, side, side, channels], device);
        using var moved = byPixel.permute(0, 3, 1, 2);
        return moved.contiguous();
    }

    private Tensor ToInput(Tensor images)
    {
        var input = images.to(ScalarType.Float32).div_(LargestValue);
        var (before, after) = (_input.Before, _input.After);
        if (before + after > 0)
        {
            input = Replace(input, image => F.pad(image, [before, after, before, after]));
        }

        if (_input.EnlargedSide is { } side)
        {
            input = Replace(
                input, image => F.interpolate(image, [side, side], mode: InterpolationMode.Bilinear, align_corners: false));
        }

        return _input.Normalisation is { } normalisation ? Replace(input, image => Normalise(image, normalisation))
            : _input.Repeats ? Replace(input, image => image.expand(-1, _input.Channels, -1, -1).contiguous())
            : input;
    }

    private static Tensor Replace(Tensor images, Func<Tensor, Tensor> step)
    {
        using (images)
        {
            return step(images);
        }
    }

    /// <summary>Normalises each channel. The subtraction repeats a grey channel as often as the normalisation has channels.</summary>
    private Tensor Normalise(Tensor images, ChannelNormalisation normalisation)
    {
        using var mean = TensorFactory.From([.. normalisation.Mean], [1, normalisation.Mean.Count, 1, 1], Device);
        using var deviation = TensorFactory.From([.. normalisation.Deviation], [1, normalisation.Deviation.Count, 1, 1], Device);
        return images.sub(mean).div_(deviation);
    }
}
