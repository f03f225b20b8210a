using System.Runtime.InteropServices;
using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Training.Tests;

public class ImageTensorsTests
{
    private const int Side = 64;

    /// <summary>
    /// Bilinear between pixel centres at halves: output i lies at (i + 1/2) 28/64 - 1/2, held within 0..27; then the channel's mean
    /// off and over its deviation, as torchvision documents its weights.
    /// </summary>
    [Fact]
    public void Range_ImageNet64_FollowsTheFormula()
    {
        var images = Tiny.Images(3, seed: 4);
        var found = Input(images);
        double[] mean = [.485, .456, .406], deviation = [.229, .224, .225];

        for (var i = 0; i < found.Length; i++)
        {
            var (image, channel, y, x) = (i / (3 * Side * Side), i / (Side * Side) % 3, i / Side % Side, i % Side);
            var expected = (Bilinear(images.Pixels.AsSpan(image * 784, 784), y, x) / 255 - mean[channel]) / deviation[channel];
            Assert.Equal(expected, found[i], 2e-6);
        }
    }

    [Fact]
    public void Range_ImageNet64_AgreesWithPyTorchAndTorchvision()
    {
        Python.SkipWithoutTorch();
        using var folder = new TemporaryFolder();
        var images = Tiny.Images(3, seed: 4);
        File.WriteAllBytes(folder.File("images.u8"), images.Pixels);
        Python.Run("-c", $"""
            import torch, torchvision
            grey = torch.frombuffer(
                bytearray(open('{folder.File("images.u8")}', 'rb').read()), dtype=torch.uint8).reshape(-1, 1, 28, 28).float() / 255
            large = torch.nn.functional.interpolate(grey, size=(64, 64), mode='bilinear', align_corners=False)
            result = torchvision.transforms.functional.normalize(large.repeat(1, 3, 1, 1), [.485, .456, .406], [.229, .224, .225])
            open('{folder.File("input.f32")}', 'wb').write(result.numpy().tobytes())
            """);
        var expected = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.File("input.f32"))).ToArray();

        var found = Input(images);

        Assert.Equal(3 * 3 * Side * Side, expected.Length);
        Assert.True(expected.Zip(found, (a, b) => Math.Abs(a - b)).Max() < 2e-6);
    }

    /// <summary>Bytes of a pixel lie side by side in a data set, and a network wants channel after channel.</summary>
    [Fact]
    public void Range_ColourImages_HasTheChannelsInFront()
    {
        var images = new LabelledImages([0, 51, 102, 153, 204, 255, 255, 0, 51, 102, 153, 204], [0], [0], [0])
        {
            Shape = new ImageShape(2, ImageShape.Colour),
        };

        Assert.Equal([0, .6f, 1, .4f, .2f, .8f, 0, .6f, .4f, 1, .2f, .8f], Input(images, InputTransform.Grey28));
    }

    /// <summary>A million images in memory twice would not leave room for a training.</summary>
    [Fact]
    public void Range_GreyImagesOnTheCpu_SharesTheirMemory()
    {
        var images = Tiny.Images(2, seed: 3);
        using var tensors = new ImageTensors(images, InputTransform.Grey28, TorchSharp.torch.CPU);
        images.Pixels[784] = (byte)(255 - images.Pixels[784]);

        using var scope = TorchSharp.torch.NewDisposeScope();
        Assert.Equal(images.Pixels[784] / 255f, tensors.Range(1, 1).Images.data<float>()[0]);
    }

    [Fact]
    public void Dispose_ImagesThatNobodyUses_GivesTheirMemoryBack()
    {
        var pixels = Use();
        GC.Collect();
        Assert.False(pixels.IsAlive);

        static WeakReference Use()
        {
            var images = Tiny.Images(200, seed: 3);
            using var tensors = new ImageTensors(images, InputTransform.Grey28, TorchSharp.torch.CPU);
            return new WeakReference(images.Pixels);
        }
    }

    private static float[] Input(LabelledImages images, InputTransform? transform = null)
    {
        using var tensors = new ImageTensors(images, transform ?? InputTransform.ImageNet64, TorchSharp.torch.CPU);
        using var scope = TorchSharp.torch.NewDisposeScope();
        return tensors.Range(0, images.Count).Images.contiguous().data<float>().ToArray();
    }

    private static double Bilinear(ReadOnlySpan<byte> grey, int y, int x)
    {
        var (top, bottom, down) = Place(y);
        var (left, right, across) = Place(x);
        return ((1 - down) * (((1 - across) * grey[(top * 28) + left]) + (across * grey[(top * 28) + right])))
            + (down * (((1 - across) * grey[(bottom * 28) + left]) + (across * grey[(bottom * 28) + right])));
    }

    private static (int Before, int After, double Share) Place(int i)
    {
        var place = Math.Clamp(((i + .5) * 28 / Side) - .5, 0, 27);
        return ((int)place, Math.Min((int)place + 1, 27), place - (int)place);
    }
}
