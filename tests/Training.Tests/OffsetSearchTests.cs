using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Training.Tests;

public class OffsetSearchTests
{
    private static readonly double[] Offsets = [-2.5, 0, 3.4];
    private static readonly double[] Cuts = [3.5, 6, 8, 10];

    /// <summary>
    /// Three kinds of pictures whose labels follow from brightness plus an offset per kind; the kind is never told. All
    /// distances between cuts and offsets come out to a fiftieth of a label's width.
    /// </summary>
    [Fact]
    public void Run_ThreeKindsOfPictures_FindsTheirOffsetsFromTheLabelsAlone()
    {
        var set = Pictures(4000);
        using var images = new ImageTensors(set, InputTransform.Grey28, TorchSharp.torch.CPU);

        var found = OffsetSearch.Run(
            new LatentOffsetHead(Components: 4, SearchSteps: 400), images, set, seed: 1, TestContext.Current.CancellationToken);

        // Offsets and cuts have a shift in common.
        var shift = found.Cuts.Average() - Cuts.Average();
        Assert.All(Cuts.Zip(found.Cuts), pair => Assert.Equal(pair.First, pair.Second - shift, .06));
        Assert.Equal(4, found.Offsets.Length);
        Assert.All(Offsets, offset => Assert.Contains(found.Offsets, candidate => Math.Abs(candidate - shift - offset) < .06));
        Assert.All(found.Offsets, candidate => Assert.Contains(Offsets, offset => Math.Abs(candidate - shift - offset) < .06));
    }

    [Fact]
    public void Run_SameSeed_GivesTheSameConstants()
    {
        var set = Pictures(300);
        using var images = new ImageTensors(set, InputTransform.Grey28, TorchSharp.torch.CPU);
        OffsetConstants Run(int seed) =>
            OffsetSearch.Run(new LatentOffsetHead(6, SearchSteps: 20), images, set, seed, TestContext.Current.CancellationToken);

        var (one, two, other) = (Run(3), Run(3), Run(4));

        Assert.Equal(one.Offsets, two.Offsets);
        Assert.Equal(one.Cuts, two.Cuts);
        Assert.Equal(one.LogScale, two.LogScale);
        Assert.NotEqual(one.Cuts, other.Cuts);
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        var set = Pictures(100);
        using var images = new ImageTensors(set, InputTransform.Grey28, TorchSharp.torch.CPU);

        Assert.Throws<OperationCanceledException>(
            () => OffsetSearch.Run(new LatentOffsetHead(4, 10), images, set, 1, new CancellationToken(canceled: true)));
    }

    /// <summary>A kind is the third of the picture that is bright; the brightness is uniform and independent of it.</summary>
    private static LabelledImages Pictures(int count)
    {
        var random = new Random(11);
        var images = new LabelledImages(
            new byte[count * FashionMnist.PixelsPerImage], new byte[count], new byte[count], [.. Enumerable.Range(0, count)]);
        for (var i = 0; i < count; i++)
        {
            var kind = random.Next(Offsets.Length);
            var level = 20 + (random.NextDouble() * 130);
            var image = images.Pixels.AsSpan(i * FashionMnist.PixelsPerImage, FashionMnist.PixelsPerImage);
            for (var p = 0; p < image.Length; p++)
            {
                var bright = Math.Min(2, p / FashionMnist.Side / 10) == kind;
                image[p] = (byte)(level * (bright ? 1.5 : .75) * (.9 + (.2 * random.NextDouble())));
            }

            var shifted = (FiveLabelRule.Brightness(image) / 10_000.0) + Offsets[kind];
            images.Labels[i] = (byte)Cuts.Count(cut => shifted > cut);
        }

        return images;
    }
}
