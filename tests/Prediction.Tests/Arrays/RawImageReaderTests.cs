using ServerlessFashion.Prediction.Arrays;
using ServerlessFashion.Prediction.Reading;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Arrays;

public class RawImageReaderTests
{
    [Fact]
    public async Task Read_TwoByteValues_AreConvertedWithTheirPosition()
    {
        var positions = new List<long>();
        byte[] content = [.. Enumerable.Range(0, 2 * 784).SelectMany(value => new[] { (byte)(value / 784), (byte)0xff })];

        var read = await ReadAsync(content, images: 2, elementBytes: 2, toGrey: (position, bytes, greys) =>
        {
            positions.Add(position);
            for (var pixel = 0; pixel < 784; pixel++)
            {
                greys.Span[pixel] = (byte)(bytes.Span[2 * pixel] + 7);
            }
        });

        Assert.Equal([0, 1], positions);
        Assert.Equal(["0", "1"], read.Ids);
        Assert.Equal([.. Enumerable.Repeat((byte)7, 784), .. Enumerable.Repeat((byte)8, 784)], read.Pixels);
    }

    [Theory]
    [InlineData(0, 0, "file: it holds no images.")]
    [InlineData(2, 1000, "file: the file ends in image 1 of 2 (counted from 0).")]
    [InlineData(2, 1569, "file: bytes follow the 2 images that the header promises.")]
    [InlineData(5, 3920, "file: it has more than 4 images, the limit of one input.")]
    public async Task Read_AnotherSizeThanPromised_IsRefused(long images, int bytes, string message) => Assert.Equal(
        message, (await Assert.ThrowsAsync<InvalidInputException>(() => ReadAsync(new byte[bytes], images))).Message);

    [Fact]
    public async Task Read_ImagesInSeveralBatches_KeepsTheirOrder()
    {
        var read = await ReadAsync([.. Pixels(0), .. Pixels(1), .. Pixels(2)], images: 3);

        Assert.Equal([2, 1], read.Batches);
        Assert.Equal([.. Pixels(0), .. Pixels(1), .. Pixels(2)], read.Pixels);
    }

    private static async Task<(List<string> Ids, byte[] Pixels, List<int> Batches)> ReadAsync(
        byte[] content, long images, int elementBytes = 1, Action<long, ReadOnlyMemory<byte>, Memory<byte>>? toGrey = null)
    {
        var context = new ReadContext("file", new ReadOptions { BatchSize = 2, MaxImages = 4 }, _ => { });
        var (ids, pixels, batches) = (new List<string>(), new List<byte>(), new List<int>());
        var reading = RawImageReader.ReadAsync(
            new MemoryStream(content), images, context, TestContext.Current.CancellationToken, elementBytes, toGrey);
        await foreach (var batch in reading)
        {
            ids.AddRange(batch.Ids);
            pixels.AddRange(batch.Pixels.Span);
            batches.Add(batch.Count);
            batch.Dispose();
        }

        return (ids, [.. pixels], batches);
    }
}
