using ServerlessFashion.Data;

namespace ServerlessFashion.Domain.Tests.Data;

public class IdxTests
{
    private static readonly byte[] TwoImagesOf1x3 = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 11, 12, 20, 21, 22];

    [Fact]
    public void ReadUnsignedBytes_WellFormedFile_GivesHeaderAndValues()
    {
        var (header, values) = Idx.ReadUnsignedBytes(new MemoryStream(TwoImagesOf1x3), [2, 1, 3], "a");

        Assert.Equal(TwoImagesOf1x3[..16], header);
        Assert.Equal([10, 11, 12, 20, 21, 22], values);
    }

    [Fact]
    public void ReadUnsignedBytes_StreamThatGivesOneByteAtATime_ReadsTheSame()
    {
        var (_, values) = Idx.ReadUnsignedBytes(new TricklingStream(TwoImagesOf1x3), [2, 1, 3], "a");

        Assert.Equal([10, 11, 12, 20, 21, 22], values);
    }

    [Theory]
    [InlineData(3, (byte)1, "images: expected the IDX magic number 0x00000803, found 0x00000801.")]
    [InlineData(2, (byte)13, "images: expected the IDX magic number 0x00000803, found 0x00000D03.")]
    [InlineData(7, (byte)3, "images: expected 2 images of 1x3, found 3 images of 1x3.")]
    [InlineData(15, (byte)4, "images: expected 2 images of 1x3, found 2 images of 1x4.")]
    [InlineData(4, (byte)255, "images: expected 2 images of 1x3, found 4278190082 images of 1x3.")]
    public void ReadUnsignedBytes_WrongHeader_NamesFileExpectedAndFound(int position, byte value, string message)
    {
        var broken = TwoImagesOf1x3.ToArray();
        broken[position] = value;

        Assert.Equal(message, Refusal(broken).Message);
    }

    [Theory]
    [InlineData(0, "images: expected a header of 16 bytes, found an end after 0: the file is truncated.")]
    [InlineData(9, "images: expected a header of 16 bytes, found an end after 9: the file is truncated.")]
    [InlineData(20, "images: expected values of 6 bytes, found an end after 4: the file is truncated.")]
    public void ReadUnsignedBytes_TruncatedFile_NamesFileExpectedAndFound(int length, string message)
    {
        Assert.Equal(message, Refusal(TwoImagesOf1x3[..length]).Message);
    }

    [Fact]
    public void ReadUnsignedBytes_BytesAfterTheValues_AreRefused()
    {
        Assert.Equal("images: expected the end after 6 values, found more.", Refusal([.. TwoImagesOf1x3, 0]).Message);
    }

    [Fact]
    public void ReadUnsignedBytes_HeaderThatClaimsGigabytes_TakesNoMemoryForThem()
    {
        byte[] labels = [0, 0, 8, 1, 0x7F, 0xFF, 0xFF, 0xFF, 1];
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refusal = Assert.Throws<InvalidInputException>(() => Idx.ReadUnsignedBytes(new MemoryStream(labels), [1], "labels"));

        Assert.Equal("labels: expected 1 label, found 2147483647 labels.", refusal.Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    private static InvalidInputException Refusal(byte[] file) =>
        Assert.Throws<InvalidInputException>(() => Idx.ReadUnsignedBytes(new MemoryStream(file), [2, 1, 3], "images"));

    private sealed class TricklingStream(byte[] content) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);
    }
}
