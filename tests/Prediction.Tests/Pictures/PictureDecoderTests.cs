using ServerlessFashion.Tests;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Pictures;

/// <summary>Files that Pillow writes, read as its own decoder reads them.</summary>
public class PictureDecoderTests
{
    /// <summary>A dark red garment on white, higher than wide, with its head at the top left.</summary>
    private const string Garment =
        """
        import sys, numpy
        from PIL import Image, ImageOps
        out = sys.argv[1]
        pixels = numpy.full((200, 160, 3), 255, numpy.uint8)
        pixels[20:180, 50:120] = (139, 0, 0)
        pixels[20:60, 20:50] = (90, 40, 20)
        garment = Image.fromarray(pixels)
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Read_PngWithOrientation_IsTheUprightPicture(int orientation)
    {
        var files = await WriteAsync(
            $"""
            exif = Image.Exif()
            exif[0x010F] = "maker"
            exif[0x0112] = {orientation}
            garment.save(out + "/a.png", exif=exif)
            ImageOps.exif_transpose(Image.open(out + "/a.png")).convert("RGB").save(out + "/b.ppm")
            Image.open(out + "/b.ppm").save(out + "/b.png")
            """, "a.png", "b.png");

        AssertAlike(await ReadAsync(files[1]), await ReadAsync(files[0]), tolerance: 20);
    }

    [Theory]
    [InlineData("webp", "lossless=True", 0)]
    [InlineData("webp", "quality=90", 30)]
    [InlineData("gif", "", 0)]
    [InlineData("bmp", "", 0)]
    public async Task Read_OtherFormat_IsThePictureOfThePng(string format, string options, int tolerance)
    {
        var files = await WriteAsync(
            $"""
            garment.save(out + "/a.{format}", {options})
            garment.save(out + "/b.png")
            """, $"a.{format}", "b.png");

        AssertAlike(await ReadAsync(files[1]), await ReadAsync(files[0]), tolerance);
    }

    /// <summary>48 MP as phones take them, and more than 100 MP; an eighth of it by Pillow is the reference.</summary>
    [Theory]
    [InlineData(6048, 8064)]
    [InlineData(9000, 12_000)]
    public async Task Read_LargeJpeg_IsReadAtAFraction(int width, int height)
    {
        var files = await WriteAsync(
            $"""
            large = garment.resize(({width}, {height}), Image.NEAREST)
            large.save(out + "/a.jpg", quality=60)
            large.reduce(8).save(out + "/b.png")
            """, "a.jpg", "b.png");

        AssertAlike(await ReadAsync(files[1]), await ReadAsync(files[0]), tolerance: 40);
    }

    [Theory]
    [InlineData("a.jpg", "progressive=True")]
    [InlineData("a.png", "compress_level=1")]
    public async Task Read_LargePictureThatNeedsAllItsMemory_IsRefusedWithTheRemedy(string name, string options)
    {
        var files = await WriteAsync(
            $"""
            Image.new("L", (6048, 4200), 200).save(out + "/{name}", {options})
            """, name);

        Assert.EndsWith("make it smaller.", await ErrorOfAsync(files[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quality=90")]
    [InlineData("quality=90, subsampling=0")]
    [InlineData("quality=30, optimize=True")]
    public async Task Read_JpegWithoutItsEndMarker_IsThePicture(string options)
    {
        var files = await WriteAsync(
            $"""
            noise = numpy.random.RandomState(3).randint(0, 60, (200, 160, 3)).astype(numpy.uint8)
            Image.fromarray((pixels // 4 * 3 + noise).astype(numpy.uint8)).save(out + "/a.jpg", {options})
            """, "a.jpg");
        var whole = files[0];
        var expected = await ReadAsync(whole);

        Assert.Equal(expected.Pixels, (await ReadAsync(whole[..^2])).Pixels);
        Assert.Equal(expected.Pixels, (await ReadAsync(whole[..^1])).Pixels);
        foreach (var missing in new[] { 4, 5, 20, 300, whole.Length / 2 })
        {
            Assert.Equal("file: the picture is cut off.", await ErrorOfAsync(whole[..^missing]));
        }
    }

    /// <summary>
    /// The garment is as white as the ground it would be laid on. Its opacity is the outline: a box of 70x140 fills the height and the
    /// middle 14 columns.
    /// </summary>
    [Theory]
    [InlineData("RGBA")]
    [InlineData("LA")]
    public async Task Read_WhiteGarmentOnTransparentGround_IsOutlinedByItsOpacity(string mode)
    {
        var files = await WriteAsync(
            $"""
            cutout = numpy.zeros((200, 200, 4), numpy.uint8)
            cutout[30:170, 60:130] = (252, 252, 252, 255)
            Image.fromarray(cutout).convert("{mode}").save(out + "/a.png")
            """, "a.png");

        var read = await ReadAsync(files[0]);

        Assert.Empty(read.Warnings);
        var expected = Enumerable.Range(0, 784).Select(i => i % 28 is >= 7 and < 21 ? (byte)252 : (byte)0);
        Assert.Equal(expected, Assert.Single(read.Pixels));
    }

    /// <summary>A photo on white whose corners were rounded is no cut-out.</summary>
    [Fact]
    public async Task Read_PhotoWithRoundedCorners_IsReadAsTheSquarePhoto()
    {
        var files = await WriteAsync(
            """
            photo = garment.convert("RGBA")
            for x in range(12):
                for y in range(12 - x):
                    for corner in ((x, y), (159 - x, y), (x, 199 - y), (159 - x, 199 - y)):
                        photo.putpixel(corner, (0, 0, 0, 0))
            photo.save(out + "/a.png")
            garment.save(out + "/b.png")
            """, "a.png", "b.png");

        AssertAlike(await ReadAsync(files[1]), await ReadAsync(files[0]), tolerance: 0);
    }

    private static void AssertAlike(ImagesRead expected, ImagesRead found, int tolerance)
    {
        Assert.Empty(found.Warnings);
        Assert.True(expected.Pixels[0].Max() > 100, "the reference shows no garment");
        var largest = expected.Pixels[0].Zip(found.Pixels[0], (one, other) => Math.Abs(one - other)).Max();
        Assert.InRange(largest, 0, tolerance);
    }

    private static async Task<List<byte[]>> WriteAsync(string code, params string[] names)
    {
        PythonReference.Require("numpy", "PIL");
        using var folder = new TemporaryFolder();
        PythonReference.RunCode($"{Garment}\n{code}", folder.Path);
        var files = new List<byte[]>();
        foreach (var name in names)
        {
            files.Add(await File.ReadAllBytesAsync(folder.File(name), TestContext.Current.CancellationToken));
        }

        return files;
    }
}
