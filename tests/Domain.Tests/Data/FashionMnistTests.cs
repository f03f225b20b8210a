using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Domain.Tests.Data;

public class FashionMnistTests
{
    [Fact]
    public void Load_PublishedSet_HasTheKnownHash()
    {
        // zcat train-images*.gz train-labels*.gz t10k-images*.gz t10k-labels*.gz | sha256sum
        Assert.Equal("14410854cf7a289477dcfc7df3f8ec24741e281cdcc425ede0d9a748ca630214", PublishedSet.Load().Sha256);
    }

    [Fact]
    public void Load_PublishedSet_HasThePublishedMeanAndDeviation()
    {
        var pixels = PublishedSet.Load().TrainPixels;

        var mean = pixels.Average(pixel => pixel / 255.0);
        var deviation = Math.Sqrt(pixels.Average(pixel => Math.Pow((pixel / 255.0) - mean, 2)));

        // The constants of torchvision's tutorials: Normalize((0.2860,), (0.3530,)).
        Assert.Equal(0.2860, mean, 4);
        Assert.Equal(0.3530, deviation, 4);
    }

    [Fact]
    public void Load_PublishedSet_HasEveryGarmentEquallyOften()
    {
        var data = PublishedSet.Load();

        Assert.Equal(Enumerable.Repeat(6_000, 10), Counts(data.TrainGarments, 10));
        Assert.Equal(Enumerable.Repeat(1_000, 10), Counts(data.TestGarments, 10));
    }

    [Fact]
    public void Label_FiveLabelsOfAllImages_Are14000Each()
    {
        var data = PublishedSet.Load();

        var labels = Enumerable.Range(0, data.Count).Select(index => data.Label(index, LabelScheme.Five));

        Assert.Equal(Enumerable.Repeat(14_000, 5), Counts(labels, 5));
    }

    [Fact]
    public void ImageAndGarment_ByRunningNumber_PassFromTrainToTest()
    {
        var data = SyntheticSet.Of(train: 12, test: 5);

        Assert.Equal(17, data.Count);
        Assert.Equal((11, 1), (data.Image(11)[783], data.Garment(11)));
        Assert.Equal((12, 2), (data.Image(12)[0], data.Garment(12)));
        Assert.Equal((16, 6), (data.Image(16)[783], data.Garment(16)));
    }

    [Fact]
    public void Label_BothSchemes_FollowRuleAndGarment()
    {
        var data = SyntheticSet.Of(train: 50, test: 0);

        // Image 49: 784 x 49 = 38416, ankle boot + 26389 = 64805, above the cuts 34506 and 60652 alone.
        Assert.Equal(2, data.Label(49, LabelScheme.Five));
        Assert.Equal(9, data.Label(49, LabelScheme.Garments));
    }

    [Fact]
    public void Load_MissingFile_NamesIt()
    {
        using var folder = new TemporaryFolder();

        var refusal = Assert.Throws<InvalidInputException>(() => FashionMnistFiles.In(folder.Path).Load());

        Assert.Equal($"{folder.File(FashionMnistFiles.Names[0])}: expected a file of Fashion-MNIST, found none.", refusal.Message);
    }

    [Fact]
    public void Load_ImagesAndLabelsExchanged_NamesTheFirstWrongFile()
    {
        byte[] labels = [0, 0, 8, 1, 0, 0, 0xEA, 0x60, .. new byte[60_000]];
        var files = FashionMnistFiles.Names.Select(name => (name, (Stream)new MemoryStream(Gzip.Compress(labels)))).ToList();

        var refusal = Assert.Throws<InvalidInputException>(() => FashionMnist.Load(files));

        Assert.Equal("train-images-idx3-ubyte.gz: expected the IDX magic number 0x00000803, found 0x00000801.", refusal.Message);
    }

    private static IEnumerable<int> Counts(IEnumerable<byte> labels, int classes)
    {
        var counts = labels.CountBy(label => label).ToDictionary();
        return Enumerable.Range(0, classes).Select(label => counts.GetValueOrDefault((byte)label));
    }
}
