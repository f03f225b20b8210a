using ServerlessFashion.Models;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests;

/// <summary>InfoBatch, section 3.2 of the paper, on losses where everything can be counted by hand.</summary>
public class KnownImagesTests
{
    private static readonly DataPruning Most = new(.75, WholeEpochs: 0);

    private static long[] Order(int count) => [.. Enumerable.Range(0, count).Select(image => (long)image)];

    [Fact]
    public void Choose_NothingTrainedYet_KeepsAllAsTheyAre()
    {
        using var images = KnownImages.Start(seed: 1, images: 4, CPU);

        var (order, counts) = images.Choose([3, 1, 0, 2], Most, epoch: 1);

        Assert.Equal([3, 1, 0, 2], order);
        Assert.Equal([1, 1, 1, 1], counts);
    }

    /// <summary>
    /// One image in five has loss 6, the others 1: the mean is 2, so a quarter of the others stays and counts four times.
    /// </summary>
    [Fact]
    public void Choose_FewHardImages_KeepsThemAllAndAQuarterOfTheRest()
    {
        const int Count = 20_000;
        using var images = KnownImages.Restore(seed: 1, [.. Enumerable.Range(0, Count).Select(image => image % 5 == 0 ? 6f : 1f)], CPU);

        var (order, counts) = images.Choose(Order(Count), Most, epoch: 2);

        var hard = order.Index().Where(image => image.Item % 5 == 0).ToArray();
        Assert.Equal(Count / 5, hard.Length);
        Assert.All(hard, image => Assert.Equal(1, counts[image.Index]));
        Assert.All(order.Index().Except(hard), image => Assert.Equal(4, counts[image.Index]));
        // 16,000 draws of 1/4: 4,000 with a standard deviation of 54.8; five of them on either side.
        Assert.InRange(order.Length - hard.Length, 3726, 4274);
        Assert.Equal(order.Order(), order);
    }

    [Fact]
    public void Choose_AnotherEpoch_LeavesOthersOut()
    {
        using var images = KnownImages.Restore(seed: 1, [10, .. Enumerable.Repeat(1f, 999)], CPU);

        var (second, _) = images.Choose(Order(1000), Most, epoch: 2);
        var (third, _) = images.Choose(Order(1000), Most, epoch: 3);
        var (again, _) = images.Choose(Order(1000), Most, epoch: 2);

        Assert.NotEqual(second, third);
        Assert.Equal(second, again);
    }

    [Fact]
    public void Record_ABatch_IsKeptByImage()
    {
        using var images = KnownImages.Restore(seed: 1, [5, 5, 5], CPU);
        using var losses = tensor(new[] { 2f, 1f });

        images.Record([2, 0], losses);

        Assert.Equal([1, 5, 2], images.ReadLosses());
    }
}
