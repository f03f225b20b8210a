using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Prediction.Tests.Reading;

public class GzipReaderTests
{
    /// <summary><c>gzip &lt; /dev/null</c> without time and name.</summary>
    private static readonly byte[] Empty = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly byte[] Content = [.. Enumerable.Range(0, 50_000).Select(i => (byte)((i * i) >> 7))];

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(50_000)]
    public async Task Read_WholeFile_GivesItsContent(int length)
    {
        var packed = ImageInput.Gzip(Content[..length]);

        Assert.Equal(Content[..length], await UnpackAsync(new MemoryStream(packed)));
        Assert.Equal(Content[..length], await UnpackAsync(new DripStream(packed)));
    }

    /// <summary>RFC 1952, section 2.2: a file is a series of members.</summary>
    [Fact]
    public async Task Read_SeveralMembersAndPadding_GivesAllContents()
    {
        byte[] packed = [.. ImageInput.Gzip(Content), .. Empty, .. ImageInput.Gzip(Content[..7]), .. new byte[1000]];
        byte[] expected = [.. Content, .. Content[..7]];

        Assert.Equal(expected, await UnpackAsync(new MemoryStream(packed)));
    }

    [Fact]
    public async Task Read_FileOfPythonWithNameAndTime_GivesItsContent()
    {
        PythonReference.Require("gzip");
        using var folder = new TemporaryFolder();
        PythonReference.RunCode(
            """
            import gzip, sys
            with gzip.GzipFile("a name", "wb", 9, open(sys.argv[1], "wb"), 12345) as packed:
                packed.write(bytes(range(256)) * 40)
            """,
            folder.File("packed.gz"));

        var unpacked = await UnpackAsync(File.OpenRead(folder.File("packed.gz")));

        Assert.Equal(Enumerable.Repeat(Enumerable.Range(0, 256).Select(i => (byte)i), 40).SelectMany(part => part), unpacked);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(5000)]
    public async Task Read_BytesBehindTheEnd_AreRefused(int count)
    {
        byte[] packed = [.. ImageInput.Gzip(Content), .. Enumerable.Repeat((byte)'x', count)];

        Assert.Equal("file: bytes that are not gzip follow the gzip data; pack the file again.", await ErrorOfAsync(packed));
    }

    /// <summary>Checksum and length are the last eight bytes.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(5)]
    [InlineData(4)]
    [InlineData(1)]
    public async Task Read_WrongChecksumOrLength_IsCalledByItsName(int fromTheEnd)
    {
        var packed = ImageInput.Gzip(Content);
        packed[^fromTheEnd] ^= 0x10;

        Assert.Equal("file: the checksum of the gzip data is wrong; it is damaged.", await ErrorOfAsync(packed));
    }

    [Fact]
    public async Task Read_CutOffAnywhere_IsCalledSo()
    {
        var packed = ImageInput.Gzip(Content);

        foreach (var length in (int[])[2, 9, 10, 11, 500, 5000, packed.Length - 9, packed.Length - 8, packed.Length - 4, packed.Length - 1])
        {
            Assert.Equal("file: the gzip data is cut off.", await ErrorOfAsync(packed[..length]));
        }
    }

    [Fact]
    public async Task Read_DamagedData_IsRefused()
    {
        var packed = ImageInput.Gzip(Content);
        packed.AsSpan(200, 100).Fill(0xff);

        Assert.Equal("file: the gzip data is damaged.", await ErrorOfAsync(packed));
    }

    [Fact]
    public async Task Read_OtherMethod_IsRefused() => Assert.Equal(
        "file: the gzip compression method should be 8, found 7.", await ErrorOfAsync([0x1f, 0x8b, 7, 0, 0, 0, 0, 0, 0, 0]));

    private static async Task<byte[]> UnpackAsync(Stream packed)
    {
        await using var content = packed;
        await using var reader = new GzipReader(content, new ReadContext("file", ReadOptions.Default, _ => { }));
        using var unpacked = new MemoryStream();
        await reader.CopyToAsync(unpacked, TestContext.Current.CancellationToken);
        return unpacked.ToArray();
    }

    private static async Task<string> ErrorOfAsync(byte[] packed) =>
        (await Assert.ThrowsAsync<InvalidInputException>(() => UnpackAsync(new MemoryStream(packed)))).Message;
}
