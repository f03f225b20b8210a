using ServerlessFashion.Prediction.Reading;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Arrays;

public class IdxImageReaderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_PlainOrGzip_GivesPixelsAndPositions(bool gzip)
    {
        var bytes = gzip ? Gzip(Idx(5)) : Idx(5);

        var read = await ReadAsync(bytes, new ReadOptions { BatchSize = 2 });

        Assert.Equal(["0", "1", "2", "3", "4"], read.Ids);
        Assert.Equal(Enumerable.Range(0, 5).Select(Pixels), read.Pixels);
    }

    [Fact]
    public async Task Read_OriginalTestSet_HasTenThousandImagesAndItsKnownBrightness()
    {
        const string Path = "/usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz";
        Assert.SkipUnless(File.Exists(Path), $"{Path} (Debian package dataset-fashion-mnist) is not installed");
        await using var file = File.OpenRead(Path);

        var read = await ReadAsync(file);

        // numpy: gzip.open(...).read()[16:] as uint8, .sum()
        Assert.Equal(10_000, read.Pixels.Count);
        Assert.Equal(573469082L, read.Pixels.Sum(image => image.Sum(pixel => (long)pixel)));
    }

    [Fact]
    public async Task Read_CutOffImage_NamesIt()
    {
        Assert.Equal("file: the file ends in image 2 of 3 (counted from 0).", await ErrorOfAsync(Idx(3)[..^1]));
        Assert.Equal("file: the file ends in image 1 of 4000000 (counted from 0).", await ErrorOfAsync(Idx(1, promised: 4_000_000)));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(15)]
    public async Task Read_CutOffHeader_SaysWhere(int length)
    {
        Assert.Equal($"file: the IDX header is cut off after {length} of 16 bytes.", await ErrorOfAsync(Idx(1)[..length]));
    }

    [Fact]
    public async Task Read_BytesAfterTheLastImage_AreAnError()
    {
        Assert.Equal("file: bytes follow the 2 images that the header promises.", await ErrorOfAsync([.. Idx(2), 0]));
    }

    [Fact]
    public async Task Read_LabelsFile_SaysThatItHoldsNoImages()
    {
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, 2, 4, 1];

        Assert.Equal(
            "file: an IDX file of images begins with the bytes 00000803 (unsigned bytes, 3 axes), found 00000801.",
            await ErrorOfAsync(labels));
    }

    [Fact]
    public async Task Read_AnotherSize_NamesIt()
    {
        Assert.Equal(
            "file: the images should be 28x28, found 4294967295x32.", await ErrorOfAsync(Idx(1, rows: uint.MaxValue, columns: 32)));
    }

    [Fact]
    public async Task Read_NoneOrTooManyImages_AreErrors()
    {
        Assert.Equal("file: it holds no images.", await ErrorOfAsync(Idx(0)));
        Assert.Equal(
            "file: it has more than 10000000 images, the limit of one input.",
            await ErrorOfAsync(Idx(1, promised: uint.MaxValue)));
    }

    [Fact]
    public async Task Read_DamagedGzip_IsAnError()
    {
        var cutOff = Gzip(Idx(40))[..^30];
        var flipped = Gzip(Idx(40));
        flipped[^5] ^= 1;

        Assert.Equal("file: the gzip data is cut off.", await ErrorOfAsync(cutOff));
        Assert.Equal("file: the checksum of the gzip data is wrong; it is damaged.", await ErrorOfAsync(flipped));
    }
}
