using System.Buffers.Binary;
using System.IO.Compression;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Tests;
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
            ("._b.png", [1]), ("folder/.DS_Store", [1]), ("z.png", Picture("photo.png")));

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
    public async Task Read_OtherFilesBesidePictures_AreSkippedAndNamed()
    {
        var read = await ReadAsync(Zip(
            ("README.md", "hello"u8.ToArray()), ("a.PNG", Grey), ("labels.csv", "a,b"u8.ToArray()), ("THUMBS.DB", [0xd0, 0xcf]),
            ("inner.zip", Zip(("b.png", Grey)))));

        Assert.Equal(["a.PNG"], read.Ids);
        Assert.Equal(["skipped 'README.md', 'labels.csv', 'inner.zip', which are no pictures."], read.Warnings);
    }

    [Fact]
    public async Task Read_ManyOtherFiles_AreCounted()
    {
        var read = await ReadAsync(Zip([.. Enumerable.Range(0, 9).Select(i => ($"{i}.txt", "x"u8.ToArray())), ("a.png", Grey)]));

        Assert.Equal(["skipped '0.txt', '1.txt', '2.txt', '3.txt', '4.txt' and 4 more, which are no pictures."], read.Warnings);
    }

    [Fact]
    public async Task Read_NameOfAPictureWithoutOne_IsRefusedByName()
    {
        byte[] heic = [0, 0, 0, 0x18, .. "ftypheic"u8, 0, 0, 0, 0];
        Assert.Equal("file: entry 'empty.png': it is none of PNG, JPEG, WebP, GIF, BMP.", await ErrorOfAsync(Zip(("empty.png", []))));
        Assert.Equal("file: entry 'a.heic': it is a HEIC picture, which cannot be read; save the picture as JPEG or PNG.",
            await ErrorOfAsync(Zip(("b.png", Grey), ("a.heic", heic))));
    }

    [Fact]
    public async Task Read_NothingButOtherFiles_IsRefusedWithTheirNames() => Assert.Equal(
        "file: the ZIP holds no pictures, only 'notes.txt'.", await ErrorOfAsync(Zip(("notes.txt", "hello"u8.ToArray()))));

    [Theory]
    [InlineData("xl/workbook.xml", "it is an Excel workbook, which cannot be read; save the table as CSV")]
    [InlineData("archive/data.pkl", "it is a PyTorch file, which cannot be read; save the array with numpy.save, as NPY")]
    public async Task Read_ArchiveOfAnotherProgram_IsNamed(string entry, string expected) =>
        Assert.Equal($"file: {expected}.", await ErrorOfAsync(Zip((entry, [1]), ("a.png", Grey))));

    [Theory]
    [InlineData("savez")]
    [InlineData("savez_compressed")]
    public async Task Read_NpzOfOneArray_GivesItsImages(string save)
    {
        var read = await ReadAsync(await SavedAsync(save, "images=values"));

        Assert.Equal(["0", "1"], read.Ids);
        Assert.Equal(Enumerable.Range(0, 784).Select(value => (byte)(value % 251)), read.Pixels[0]);
    }

    [Fact]
    public async Task Read_NpzOfSeveralArrays_SaysHowToSaveOne() => Assert.Equal(
        "file: the NPZ holds 2 arrays ('x_test', 'y_test'); save the one with the images, for example with "
        + "np.save('images.npy', np.load(file)['x_test']).",
        await ErrorOfAsync(await SavedAsync("savez", "x_test=values, y_test=values")));

    [Fact]
    public async Task Read_NpzWithWrongChecksum_IsRefused()
    {
        var file = await SavedAsync("savez", "images=values");
        file[file.AsSpan().IndexOf("NUMPY"u8) + 400] ^= 1;

        Assert.Equal(
            "file: entry 'images.npy': its checksum is wrong; it was damaged, so copy or create it again.", await ErrorOfAsync(file));
    }

    private static async Task<byte[]> SavedAsync(string save, string arrays)
    {
        PythonReference.Require("numpy");
        using var folder = new TemporaryFolder();
        PythonReference.RunCode(
            $"""
            import numpy, sys
            values = (numpy.arange(2 * 784) % 251).astype(numpy.uint8).reshape(2, 784)
            numpy.{save}(sys.argv[1], {arrays})
            """,
            folder.File("arrays.npz"));
        return await File.ReadAllBytesAsync(folder.File("arrays.npz"), TestContext.Current.CancellationToken);
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

        Assert.Equal("file: entry 'a.jpg': its checksum is wrong; it was damaged, so copy or create it again.", await ErrorOfAsync(zip));
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

    /// <summary>
    /// As David Fifield's "A better zip bomb" (USENIX WOOT 2019) does it: many entries of the directory share the data of one. 40,000 of
    /// them give a file of 3 MB that would unpack to 40 GB.
    /// </summary>
    [Fact]
    public async Task Read_OverlappingEntries_AreRefusedQuicklyAndInBoundedMemory()
    {
        const int Copies = 40_000;
        var one = Zip(("00000.png", [.. Grey, .. new byte[1_000_000]]));
        var start = one.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        var end = one.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        var zip = new MemoryStream();
        zip.Write(one.AsSpan(0, start));
        for (var copy = 0; copy < Copies; copy++)
        {
            var entry = one[start..end];
            System.Text.Encoding.ASCII.GetBytes($"{copy:00000}", entry.AsSpan(46));
            zip.Write(entry);
        }

        var size = (int)zip.Length - start;
        var record = one[end..];
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(8), Copies);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(10), Copies);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(12), size);
        zip.Write(record);
        var before = GC.GetTotalAllocatedBytes();

        var error = await ErrorOfAsync(zip.ToArray());

        Assert.Equal("file: the ZIP's entries overlap: together they are larger than the file; pack the pictures again.", error);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 60 << 20);
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
        Assert.Equal("file: it has more than 2 images, the limit of one input.",
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
