using System.Buffers.Binary;
using System.IO.Compression;
using ServerlessFashion.Prediction.Reading;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Files;

public class ZipImageReaderTests
{
    private static readonly byte[] Grey = Picture("grey28.png");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_PicturesInFolders_GivesThemInOrderWithTheirNames(bool drip)
    {
        var zip = Zip(("b.png", Grey), ("folder/", []), ("folder/a.jpg", Picture("grey28.jpg")), ("__MACOSX/._b.png", [1]),
            ("folder/.DS_Store", [1]), ("z.png", Picture("photo.png")));

        var read = await ReadAsync(drip ? new DripStream(zip) : new MemoryStream(zip), new ReadOptions { BatchSize = 2 });

        Assert.Equal(["b.png", "folder/a.jpg", "z.png"], read.Ids);
        Assert.Equal((await ReadAsync(Grey)).Pixels[0], read.Pixels[0]);
        Assert.Equal((await ReadAsync(Picture("photo.png"))).Pixels[0], read.Pixels[2]);
    }

    [Theory]
    [InlineData("../a.png")]
    [InlineData("a/../../b.png")]
    [InlineData("a\\..\\b.png")]
    [InlineData("/etc/a.png")]
    [InlineData("\\a.png")]
    [InlineData("C:\\a.png")]
    public async Task Read_EntryThatPointsOutside_IsRefusedByName(string name)
    {
        Assert.Equal($"file: the name of entry '{name}' is not a relative path inside the ZIP.",
            await ErrorOfAsync(Zip(("ok.png", Grey), (name, Grey))));
    }

    [Fact]
    public async Task Read_EntryThatIsNoPicture_IsRefusedByName()
    {
        Assert.Equal("file: entry 'notes.txt': it is neither PNG nor JPEG.",
            await ErrorOfAsync(Zip(("a.png", Grey), ("notes.txt", "hello"u8.ToArray()))));
        Assert.Equal("file: entry 'empty.png': it is neither PNG nor JPEG.", await ErrorOfAsync(Zip(("empty.png", []))));
        Assert.Equal("file: entry 'inner.zip': it is neither PNG nor JPEG.", await ErrorOfAsync(Zip(("inner.zip", Zip(("a.png", Grey))))));
    }

    [Fact]
    public async Task Read_DamagedPicture_IsRefusedByName()
    {
        Assert.Equal("file: entry 'b.png': the picture is cut off.", await ErrorOfAsync(Zip(("a.png", Grey), ("b.png", Grey[..400]))));
    }

    [Fact]
    public async Task Read_ByteFlippedInAnEntry_IsRefusedByName()
    {
        // JPEG has no checksum of its own: only the ZIP's can tell.
        var jpeg = Picture("grey28.jpg");
        var zip = Zip(CompressionLevel.NoCompression, ("a.jpg", jpeg));
        zip[zip.AsSpan().IndexOf(jpeg) + jpeg.Length - 200] ^= 0x40;

        Assert.Equal("file: entry 'a.jpg': its checksum is wrong; it is damaged.", await ErrorOfAsync(zip));
    }

    [Fact]
    public async Task Read_Bomb_IsRefusedWithoutUnpackingIt()
    {
        byte[] bomb = [.. Grey, .. new byte[40 << 20]];

        var error = await ErrorOfAsync(Zip(("bomb.png", bomb)));

        // 40 MB of zeros pack to some 180 KB; 50 times that is 9 MB.
        Assert.Matches("^file: entry 'bomb.png': it unpacks to more than [0-9]{7,8} bytes: a picture may have 67108864, and 50 for each "
            + "packed byte\\.$", error);
    }

    [Fact]
    public async Task Read_EntryThatLiesAboutItsSize_IsStillBounded()
    {
        var zip = Zip(("bomb.png", [.. Grey, .. new byte[40 << 20]]));
        var directory = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(directory + 24), 900);

        Assert.StartsWith("file: entry 'bomb.png': it", await ErrorOfAsync(zip));
    }

    [Fact]
    public async Task Read_TooManyEntriesOrBytesTogether_IsRefused()
    {
        var zip = Zip(("a.png", Grey), ("b.png", Grey), ("c.png", Grey));

        Assert.Equal("file: the ZIP has more than 2 entries.", await ErrorOfAsync(zip, new ReadOptions { MaxEntries = 2 }));
        Assert.Equal("file: it holds more than 2 images, the most that one input may have.",
            await ErrorOfAsync(zip, new ReadOptions { MaxImages = 2 }));
        Assert.Equal("file: the entries give more than 2000 bytes when unpacked.",
            await ErrorOfAsync(zip, new ReadOptions { MaxUnpackedBytes = 2000 }));
    }

    [Fact]
    public async Task Read_HugeDirectory_IsRefusedBeforeItIsInMemory()
    {
        var many = Zip([.. Enumerable.Range(0, 3000).Select(i => ($"{new string('x', 100)}{i}.png", Array.Empty<byte>()))]);

        Assert.Equal(
            "file: the ZIP's directory has more than 1000 bytes.", await ErrorOfAsync(many, new ReadOptions { MaxDirectoryBytes = 1000 }));
    }

    [Fact]
    public async Task Read_CutOffOrEmptyZip_IsAnError()
    {
        Assert.StartsWith("file: the packed data is damaged or cut off", await ErrorOfAsync(Zip(("a.png", Grey))[..^10]));
        Assert.Equal("file: the ZIP holds no pictures.", await ErrorOfAsync(Zip()));
    }
}
