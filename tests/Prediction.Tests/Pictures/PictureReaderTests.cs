using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Predictions;
using SkiaSharp;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Pictures;

public class PictureReaderTests
{
    private static readonly Dictionary<string, byte[]> Expected =
        JsonSerializer.Deserialize<Dictionary<string, int[]>>(Picture("expected.json"))!
            .ToDictionary(pair => pair.Key, pair => pair.Value.Select(value => (byte)value).ToArray());

    /// <summary>expected.json comes from Pillow and NumPy, see make_files.py.</summary>
    [Theory]
    [InlineData("grey28.png", 0)]
    [InlineData("palette28.png", 0)]
    [InlineData("grey28.jpg", 1)]
    [InlineData("exif-1.jpg", 1)]
    [InlineData("exif-2.jpg", 1)]
    [InlineData("exif-3.jpg", 1)]
    [InlineData("exif-4.jpg", 1)]
    [InlineData("exif-5.jpg", 1)]
    [InlineData("exif-6.jpg", 1)]
    [InlineData("exif-7.jpg", 1)]
    [InlineData("exif-8.jpg", 1)]
    [InlineData("photo.png", 1)]
    [InlineData("thumbnail.png", 1)]
    [InlineData("dark-ground.png", 1)]
    [InlineData("tiny.png", 1)]
    [InlineData("cut-out.png", 1)]
    public async Task Read_Picture_GivesTheValuesOfTheReferencePipeline(string name, int tolerance)
    {
        var read = await ReadAsync(Picture(name));

        Assert.Equal(["file"], read.Ids);
        Assert.Empty(read.Warnings);
        var largest = Assert.Single(read.Pixels).Zip(Expected[name], (found, expected) => Math.Abs(found - expected)).Max();
        Assert.InRange(largest, 0, tolerance);
    }

    [Fact]
    public async Task Read_NothingButGround_IsEmptyAndWarned()
    {
        var read = await ReadAsync(Picture("blank.png"));

        Assert.All(read.Pixels, image => Assert.Equal(new byte[784], image));
        Assert.Equal(["nothing but background was found; the image is empty."], read.Warnings);
    }

    [Fact]
    public async Task Read_PreparationNever_OnlyStretches()
    {
        // Four quarters of one grey each, 56x14: every pixel of the 28x28 image lies in one quarter.
        using var bitmap = new SKBitmap(56, 14);
        for (var y = 0; y < 14; y++)
        {
            for (var x = 0; x < 56; x++)
            {
                var grey = (byte)((x < 28 ? 10 : 200) + (y < 7 ? 0 : 50));
                bitmap.SetPixel(x, y, new SKColor(grey, grey, grey));
            }
        }

        var read = await ReadAsync(Encode(bitmap, SKEncodedImageFormat.Png), new ReadOptions { Pictures = PicturePreparation.Never });

        var image = Assert.Single(read.Pixels);
        Assert.Equal([10, 200, 60, 250], [image[0], image[27], image[27 * 28], image[783]]);
        Assert.Equal(4 * 196, image.Count(value => value == 10) + image.Count(value => value == 200) + image.Count(value => value == 60)
            + image.Count(value => value == 250));
    }

    [Fact]
    public async Task Read_PreparationAlways_AlsoPreparesGrey28()
    {
        var auto = await ReadAsync(Picture("grey28.png"));
        var always = await ReadAsync(Picture("grey28.png"), new ReadOptions { Pictures = PicturePreparation.Always });

        Assert.NotEqual(auto.Pixels[0], always.Pixels[0]);
    }

    [Fact]
    public async Task Read_TenMegapixels_IsRead()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(2500, 4000, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.White);
        bitmap.Erase(SKColors.DarkRed, new SKRectI(500, 500, 2000, 3500));

        var read = await ReadAsync(Encode(bitmap, SKEncodedImageFormat.Jpeg));

        // A box of 1:2 fills the height and the middle 14 columns; luma of dark red (139, 0, 0) is 30, negated 225.
        var image = Assert.Single(read.Pixels);
        Assert.InRange(image[(14 * 28) + 14], 224, 226);
        Assert.InRange(image[(14 * 28) + 8], 224, 226);
        Assert.Equal(0, image[(14 * 28) + 3]);
    }

    [Theory]
    [InlineData(100_000, 100_000)]
    [InlineData(uint.MaxValue, 1)]
    [InlineData(6000, 6000)]
    [InlineData(0, 10)]
    public async Task Read_AbsurdSizeInTheHeader_IsRefusedBeforeDecoding(uint width, uint height)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = await ErrorOfAsync(PngHeader(width, height));

        Assert.Matches($"^file: (the picture is {width}x{height}; at most 25000000 pixels and 65535 along an edge are read, "
            + "and 250000000 pixels of a JPEG that is not progressive; make it smaller|the picture's header is damaged or cut off)\\.$",
            error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 << 20);
    }

    [Theory]
    [InlineData("grey28.png")]
    [InlineData("grey28.jpg")]
    [InlineData("photo.png")]
    public async Task Read_CutOffPicture_IsAnError(string name)
    {
        var whole = Picture(name);

        foreach (var length in new[] { 9, 40, whole.Length / 2 })
        {
            Assert.Matches("^file: the picture('s header is damaged or cut off| is cut off| is damaged, "
                + ".*)\\.$", await ErrorOfAsync(whole[..length]));
        }
    }

    [Fact]
    public async Task Read_JpegOfHundredsOfScans_IsRefused()
    {
        Assert.Equal(
            "file: the picture is damaged, or coded in a way that cannot be read; save it again as PNG or JPEG.",
            await ErrorOfAsync(Picture("many-scans.jpg")));
    }

    [Fact]
    public async Task Read_MoreBytesThanAllowed_IsRefused()
    {
        Assert.Equal(
            "file: the picture has more than 500 bytes.",
            await ErrorOfAsync(Picture("grey28.png"), new ReadOptions { MaxPictureBytes = 500 }));
    }

    /// <summary>A PNG of nothing but a right IHDR chunk (https://www.w3.org/TR/png-3/#11IHDR) and the start of an IDAT.</summary>
    private static byte[] PngHeader(uint width, uint height)
    {
        var chunk = new byte[17];
        "IHDR"u8.CopyTo(chunk);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4), width);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8), height);
        chunk[12] = 8;
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc32.HashToUInt32(chunk));
        return [0x89, .. "PNG\r\n"u8, 0x1a, 0x0a, 0, 0, 0, 13, .. chunk, .. crc, 0, 0, 0, 9, .. "IDAT"u8, 0x78, 0x9c];
    }

    private static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using var data = bitmap.Encode(format, 95);
        return data.ToArray();
    }
}
