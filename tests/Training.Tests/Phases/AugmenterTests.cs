using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Phases;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests.Phases;

public class AugmenterTests
{
    private const string SystemFolder = "/usr/share/datasets/fashion-mnist";
    private const int Batch = 500;

    /// <summary>
    /// Each stated share, measured on the 10,000 images of the original test file: the label is derived again from the changed
    /// image.
    /// </summary>
    [Fact]
    public void Apply_EveryOfferedAugmentation_ChangesAsManyLabelsAsIsStated()
    {
        Assert.SkipUnless(
            FashionMnistFiles.AreIn(SystemFolder), $"Fashion-MNIST is not in {SystemFolder} (Debian package dataset-fashion-mnist).");
        var data = FashionMnistFiles.In(SystemFolder).Load();
        var labels = data.TestGarments.Select(
            (garment, i) => FiveLabelRule.Label(FiveLabelRule.Brightness(data.Image(60_000 + i)), garment)).ToArray();
        var images = new LabelledImages(data.TestPixels, labels, data.TestGarments, [.. Enumerable.Range(0, 10_000)]);

        Assert.All(LabelPreservation.Measured, effect =>
        {
            var share = ChangedShare(images, effect.Augmentation);
            Assert.True(
                Math.Abs(share - effect.ChangedShare) <= Math.Max(.003, .1 * effect.ChangedShare),
                $"{effect.Name}: stated {effect.ChangedShare}, measured {share}");
        });
    }

    [Fact]
    public void Apply_AlternatingFlip_ShowsBothSidesOfEveryImageInTwoEpochs()
    {
        using var scope = NewDisposeScope();
        var images = rand(40, 1, 28, 28);
        var augmenter = new Augmenter(new Augmentation { Flip = Flip.Alternating }, seed: 3);
        long[] indices = [.. Enumerable.Range(100, 40).Select(i => (long)i)];

        var first = augmenter.Change(images, indices, epoch: 1, step: 0);
        var second = augmenter.Change(images, indices, epoch: 2, step: 5);

        Assert.True(Same(second, first.flip(3)));
        var flipped = Enumerable.Range(0, 40).Count(i => Same(first[i], images[i].flip(2)));
        var kept = Enumerable.Range(0, 40).Count(i => Same(first[i], images[i]));
        Assert.Equal(40, flipped + kept);
        Assert.InRange(flipped, 8, 32);
    }

    [Fact]
    public void Apply_Shift_MovesByWholePixelsAndFillsWithBlack()
    {
        using var scope = NewDisposeScope();
        var images = rand(30, 1, 28, 28);
        var padded = nn.functional.pad(images, [1, 1, 1, 1]);

        var shifted = new Augmenter(new Augmentation { ShiftPixels = 1 }, seed: 3).Change(images, Indices(30), epoch: 1, step: 0);

        var moves = new HashSet<int>();
        for (var i = 0; i < 30; i++)
        {
            var move = Enumerable.Range(0, 9)
                .Single(m => allclose(shifted[i], padded[i].narrow(1, m / 3, 28).narrow(2, m % 3, 28), atol: 1e-4));
            moves.Add(move);
        }

        Assert.True(moves.Count > 5, $"{moves.Count} different moves of nine");
    }

    /// <summary>
    /// A point at distance r from the centre moves by at most r times the angle, 13 * 8 * pi / 180 = 1.8 pixels, and some do.
    /// </summary>
    [Fact]
    public void Apply_Rotation_MovesAnEdgePointByNoMoreThanItsArc()
    {
        using var scope = NewDisposeScope();
        var images = zeros(200, 1, 28, 28);
        images[TensorIndex.Colon, 0, 0, 14] = 1;

        var rotated = new Augmenter(new Augmentation { RotationDegrees = 8 }, seed: 1).Change(images, Indices(200), epoch: 1, step: 0);

        var columns = (rotated.sum([1, 2]) * arange(28)).sum([1L]) / rotated.sum([1, 2, 3]).clamp_min(1e-6);
        var moved = (columns - 14).data<float>().ToArray();
        Assert.All(moved, distance => Assert.InRange(Math.Abs(distance), 0, 2));
        Assert.True(moved.Max() > 1 && moved.Min() < -1, $"{moved.Min()} to {moved.Max()}");
    }

    [Fact]
    public void Apply_Cutout_BlackensOneSquareOfItsSize()
    {
        using var scope = NewDisposeScope();

        var cut = new Augmenter(new Augmentation { CutoutPixels = 8 }, seed: 1).Change(ones(20, 1, 28, 28), Indices(20), epoch: 1, step: 0);

        Assert.All(cut.sum([1, 2, 3]).data<float>().ToArray(), sum => Assert.Equal(784 - 64, sum));
    }

    [Fact]
    public void Apply_SameEpochAndStep_GivesTheSameImages()
    {
        using var scope = NewDisposeScope();
        var images = rand(10, 1, 28, 28);
        var all = new Augmentation { Flip = Flip.Random, RotationDegrees = 8, ShiftPixels = 1, ZoomShare = .1, CutoutPixels = 4 };
        Tensor Apply(int seed, int epoch, int step) => new Augmenter(all, seed).Change(images, Indices(10), epoch, step);

        Assert.True(Same(Apply(1, 2, 3), Apply(1, 2, 3)));
        Assert.False(Same(Apply(1, 2, 3), Apply(1, 2, 4)));
        Assert.False(Same(Apply(1, 2, 3), Apply(1, 3, 3)));
        Assert.False(Same(Apply(1, 2, 3), Apply(2, 2, 3)));
    }

    private static bool Same(Tensor one, Tensor other) => one.eq(other).all().item<bool>();

    private static double ChangedShare(LabelledImages images, Augmentation augmentation)
    {
        using var tensors = new ImageTensors(images, InputTransform.Grey28, CPU);
        var augmenter = new Augmenter(augmentation, seed: 5);
        var changed = 0;
        for (var start = 0; start < images.Count; start += Batch)
        {
            using var scope = NewDisposeScope();
            var seen = augmenter.Change(tensors.Range(start, Batch).Images, Indices(Batch), epoch: 1, step: start);
            var sums = (seen.sum([1, 2, 3]) * 255).round().data<float>().ToArray();
            changed += sums.Index()
                .Count(sum => FiveLabelRule.Label((int)sum.Item, images.Garments[start + sum.Index]) != images.Labels[start + sum.Index]);
        }

        return (double)changed / images.Count;
    }

    private static long[] Indices(int count) => [.. Enumerable.Range(0, count).Select(i => (long)i)];
}
