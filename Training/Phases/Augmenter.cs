using ServerlessFashion.Models;
using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ServerlessFashion.Training.Phases;

/// <summary>
/// Applies an <see cref="Augmentation"/> to the images of a batch. The change of an image is a function of (seed, epoch, step,
/// place in the batch); alternating flips are a function of (seed, image, epoch). A resumed training therefore sees the same images
/// as an uninterrupted one.
/// </summary>
internal sealed class Augmenter(Augmentation augmentation, int seed) : PhaseCallback
{
    private bool MovesPixels => augmentation is not { RotationDegrees: 0, ShiftPixels: 0, ZoomShare: 0 };

    /// <summary>Returns the changed images, in the same shape.</summary>
    /// <param name="images">Batch x channels x side x side; not changed.</param>
    /// <param name="indices">Place of each image in the training set.</param>
    public override Tensor Change(Tensor images, ReadOnlySpan<long> indices, int epoch, int step)
    {
        var random = new KeyedRandom(seed, RandomPurpose.Augmentation, epoch, step);
        var changed = augmentation.Flip == Flip.None ? images.alias() : Mirror(images, indices, epoch, ref random);
        changed = MovesPixels ? Move(changed, ref random) : changed;
        return augmentation.CutoutPixels == 0 ? changed : CutOut(changed, ref random);
    }

    private Tensor Mirror(Tensor images, ReadOnlySpan<long> indices, int epoch, ref KeyedRandom random)
    {
        var mirrored = new bool[indices.Length];
        for (var i = 0; i < mirrored.Length; i++)
        {
            mirrored[i] = augmentation.Flip == Flip.Random
                ? random.NextBelow(2) == 1
                : (new KeyedRandom(seed, RandomPurpose.FlipSide, (int)indices[i]).NextBelow(2) + epoch) % 2 == 1;
        }

        return where(TensorFactory.From(mirrored, images.device).view(-1, 1, 1, 1), images.flip(3), images);
    }

    /// <summary>Rotation, zoom and shift in one bilinear resampling. Pixels from outside are black.</summary>
    private Tensor Move(Tensor images, ref KeyedRandom random)
    {
        var (count, side) = (images.shape[0], images.shape[3]);
        var maps = new float[count * 6];
        for (var i = 0; i < count; i++)
        {
            var (sine, cosine) = Math.SinCos(augmentation.RotationDegrees * Between(ref random) * Math.PI / 180);
            var size = 1 + (augmentation.ZoomShare * Between(ref random));
            var across = WholePixels(ref random) * 2.0 / side;
            var down = WholePixels(ref random) * 2.0 / side;

            // Where a pixel of the result comes from, in coordinates from -1 to 1.
            Span<float> map =
            [
                (float)(cosine / size), (float)(-sine / size), (float)-across,
                (float)(sine / size), (float)(cosine / size), (float)-down,
            ];
            map.CopyTo(maps.AsSpan(i * 6));
        }

        using var grid = F.affine_grid(TensorFactory.From(maps, [count, 2, 3], images.device), images.shape, align_corners: false);
        return F.grid_sample(images, grid, mode: GridSampleMode.Bilinear, padding_mode: GridSamplePaddingMode.Zeros, align_corners: false);
    }

    private Tensor CutOut(Tensor images, ref KeyedRandom random)
    {
        var (count, side) = ((int)images.shape[0], (int)images.shape[3]);
        var kept = new float[count * side * side];
        Array.Fill(kept, 1f);
        for (var i = 0; i < count; i++)
        {
            var left = (int)random.NextBelow(side - augmentation.CutoutPixels + 1);
            var top = (int)random.NextBelow(side - augmentation.CutoutPixels + 1);
            for (var row = top; row < top + augmentation.CutoutPixels; row++)
            {
                kept.AsSpan((((i * side) + row) * side) + left, augmentation.CutoutPixels).Clear();
            }
        }

        return images * TensorFactory.From(kept, [count, 1, side, side], images.device);
    }

    /// <summary>Uniform in -1..1.</summary>
    private static double Between(ref KeyedRandom random) => (2 * random.NextUnit()) - 1;

    private long WholePixels(ref KeyedRandom random) => random.NextBelow((2 * augmentation.ShiftPixels) + 1) - augmentation.ShiftPixels;
}
