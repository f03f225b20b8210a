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
    private const double GreyMaximum = 255;

    /// <summary>Zeros on each side of a 28x28 image that becomes 32x32.</summary>
    private const int Border = 2;

    private readonly Tensor pixels;
    private readonly Tensor brightness;
    private readonly Tensor labels;
    private readonly Tensor garments;
    private readonly InputTransform transform;

    public ImageTensors(LabelledImages images, InputTransform transform, Device device)
    {
        this.transform = transform;
        Device = device;
        pixels = TensorFactory.From(
            images.Pixels, [images.Count, 1, LabelledImages.Side, LabelledImages.Side], device).DetachFromDisposeScope();
        brightness = TensorFactory.From(images.Brightness(), Device).DetachFromDisposeScope();
        labels = TensorFactory.From(Array.ConvertAll(images.Labels, label => (long)label), Device).DetachFromDisposeScope();
        garments = TensorFactory.From(Array.ConvertAll(images.Garments, garment => (long)garment), Device).DetachFromDisposeScope();
    }

    /// <summary>The device of the images and of their batches.</summary>
    public Device Device { get; }

    public int Count => (int)labels.shape[0];

    /// <summary>The images at <paramref name="indices"/>.</summary>
    public ImageBatch Gather(ReadOnlySpan<long> indices)
    {
        using var index = TensorFactory.From(indices.ToArray(), Device);
        using var gathered = pixels.index_select(0, index);
        return new ImageBatch(ToInput(gathered), brightness.index_select(0, index), labels.index_select(0, index), garments.index_select(0, index));
    }

    /// <summary><paramref name="count"/> images from <paramref name="start"/> on.</summary>
    public ImageBatch Range(int start, int count)
    {
        using var range = pixels.narrow(0, start, count);
        return new ImageBatch(ToInput(range), brightness.narrow(0, start, count), labels.narrow(0, start, count), garments.narrow(0, start, count));
    }

    public void Dispose()
    {
        pixels.Dispose();
        brightness.Dispose();
        labels.Dispose();
        garments.Dispose();
    }

    private Tensor ToInput(Tensor grey)
    {
        var scaled = grey.to(ScalarType.Float32).div_(GreyMaximum);
        if (transform == InputTransform.Grey28)
        {
            return scaled;
        }

        using (scaled)
        {
            return transform == InputTransform.ImageNet64 ? EnlargeAndNormalise(scaled) : PadAndRepeat(scaled);
        }
    }

    private static Tensor PadAndRepeat(Tensor grey)
    {
        using var padded = F.pad(grey, [Border, Border, Border, Border]);
        return padded.expand(-1, 3, -1, -1).contiguous();
    }

    private Tensor EnlargeAndNormalise(Tensor grey)
    {
        using var enlarged = F.interpolate(grey, [ImageNetInput.Side, ImageNetInput.Side], mode: InterpolationMode.Bilinear, align_corners: false);
        using var mean = TensorFactory.From(ImageNetInput.Mean.ToArray(), [1, 3, 1, 1], Device);
        using var deviation = TensorFactory.From(ImageNetInput.Deviation.ToArray(), [1, 3, 1, 1], Device);
        return enlarged.sub(mean).div_(deviation);
    }
}
