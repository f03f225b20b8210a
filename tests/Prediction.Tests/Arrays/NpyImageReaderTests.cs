using System.Buffers.Binary;
using System.Text;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Tests;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Arrays;

public class NpyImageReaderTests
{
    [Theory]
    [InlineData("(2, 28, 28)")]
    [InlineData("(2, 784)")]
    [InlineData("(2, 1, 28, 28)")]
    [InlineData("(2, 28, 28, 1)")]
    public async Task Read_BytesOfAnyUsualShape_GivesPixelsAndPositions(string shape)
    {
        var read = await ReadAsync(Npy($"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}", [.. Pixels(1), .. Pixels(2)]));

        Assert.Equal(["0", "1"], read.Ids);
        Assert.Equal([Pixels(1), Pixels(2)], read.Pixels);
    }

    [Theory]
    [InlineData("(28, 28)")]
    [InlineData("(784,)")]
    public async Task Read_OneImageWithoutAnAxisForIt_IsOneImage(string shape)
    {
        var read = await ReadAsync(Npy($"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}", Pixels(9)));

        Assert.Equal([Pixels(9)], read.Pixels);
    }

    [Fact]
    public async Task Read_FilesOfNumPyInAnyType_GiveTheirValues()
    {
        PythonReference.Require("numpy");
        string[] types = ["|u1", "|i1", "<u2", ">i2", "<i4", "<i8", ">u8", "<f2", "<f4", ">f8"];
        var folder = Directory.CreateTempSubdirectory("npy-tests").FullName;
        try
        {
            PythonReference.RunCode(
                """
                import numpy, sys
                values = (numpy.arange(3 * 784) % 128).reshape(3, 28, 28)
                for index, type in enumerate(sys.argv[2:]):
                    numpy.save(f"{sys.argv[1]}/{index}.npy", values.astype(type))
                """,
                [folder, .. types]);

            for (var i = 0; i < types.Length; i++)
            {
                var read = await ReadAsync(await File.ReadAllBytesAsync($"{folder}/{i}.npy", TestContext.Current.CancellationToken));

                Assert.Equal(Enumerable.Range(0, 3 * 784).Select(value => (byte)(value % 128)).Chunk(784), read.Pixels);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>pandas gives arrays in Fortran order, and numpy.asfortranarray any others.</summary>
    [Theory]
    [InlineData("(3, 784)", "u1")]
    [InlineData("(3, 784)", "<i8")]
    [InlineData("(3, 28, 28)", ">f4")]
    [InlineData("(3, 1, 28, 28)", "<u2")]
    [InlineData("(3, 28, 28, 1)", "u1")]
    [InlineData("(28, 28)", "u1")]
    public async Task Read_FortranOrderOfNumPy_GivesTheImagesOfCOrder(string shape, string type)
    {
        var expected = await ReadAsync(await SavedAsync($"values({shape}).astype('{type}')"));

        var file = await SavedAsync($"numpy.asfortranarray(values({shape}).astype('{type}'))");

        Assert.Contains("'fortran_order': True", Encoding.ASCII.GetString(file), StringComparison.Ordinal);
        var read = await ReadAsync(file, new ReadOptions { BatchSize = 2 });
        Assert.Equal(expected.Pixels, read.Pixels);
        Assert.Equal(expected.Ids, read.Ids);
        Assert.Equal(Enumerable.Range(0, 784).Select(value => (byte)(value % 251)), read.Pixels[0]);
    }

    [Fact]
    public async Task Read_FortranOrderWithBytesBehindIt_IsAnError() => Assert.Equal(
        "file: bytes follow the 3 images that the header promises.",
        await ErrorOfAsync([.. await SavedAsync("numpy.asfortranarray(values((3, 784)))"), 0]));

    [Fact]
    public async Task Read_TruthValues_AreWhiteOnBlack()
    {
        var read = await ReadAsync(await SavedAsync("values((2, 784)) % 2 == 1"));

        Assert.Equal(Enumerable.Range(0, 784).Select(value => (byte)(value % 251 % 2 * 255)), read.Pixels[0]);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(-1f, "-1; if the values are normalised, undo that first")]
    [InlineData(256f, "256; if the values have 16 bits, divide them by 257 and round them")]
    [InlineData(.5f, "0.5; if the values are scaled to 0..1, multiply them by 255 and round them")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public async Task Read_FloatThatIsNoGreyValue_NamesImagePixelAndValue(float value, string shown)
    {
        var values = new byte[2 * 784 * 4];
        BinaryPrimitives.WriteSingleLittleEndian(values.AsSpan((784 + 5) * 4), value);

        var error = await ErrorOfAsync(Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 784), }", values));

        Assert.Equal($"file: image 1 (counted from 0), pixel 5: expected a whole number from 0 to 255, found {shown}.", error);
    }

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 32, 32), }",
        "the array should have shape [N, 28, 28] or [N, 784], found '1, 32, 32'")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (-1, 784), }",
        "the array should have shape [N, 28, 28] or [N, 784], found '-1, 784'")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999, 784), }", "the array should have shape [N, "
        + "28, 28] or [N, 784], found '99999999999999999999, 784'")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (9223372036854775807, 784), "
        + "}", "it has more than 10000000 images, the limit of one input")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (), }",
        "the array should have shape [N, 28, 28] or [N, 784], found a single value without a shape")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, }", "the NPY header names no shape")]
    [InlineData("{'descr': '|u1', 'fortran_order': True, 'shape': (400000, 784), }",
        "an array in Fortran order may have at most 342392 images, found 400000; save it in C order with np.save(file, "
        + "np.ascontiguousarray(array))")]
    [InlineData("{'descr': '|u1', 'fortran_order': None, 'shape': (1, 784), }", "'fortran_order' should be True or False, found 'None'")]
    [InlineData("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 784), }",
        "the file ends in the values of pixel 392 (counted from 0)")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1, 784), }", "the values should be integers or floats (such as "
        + "'|u1', '<i8', '<f4'), found '|O'; save the array with .astype('uint8')")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1, 784), }", "the values should be integers or floats "
        + "(such as '|u1', '<i8', '<f4'), found ''; save the array with .astype('uint8')")]
    [InlineData("nothing", "the NPY header names no shape")]
    public async Task Read_ArrayThatIsNoSetOfImages_SaysWhy(string dictionary, string expected)
    {
        Assert.Equal($"file: {expected}.", await ErrorOfAsync(Npy(dictionary, Pixels(1))));
    }

    /// <summary>The file of <c>numpy.save</c> for an expression; <c>values(shape)</c> counts modulo 251.</summary>
    private static async Task<byte[]> SavedAsync(string expression)
    {
        PythonReference.Require("numpy");
        using var folder = new TemporaryFolder();
        PythonReference.RunCode(
            $"""
            import numpy, sys
            values = lambda shape: (numpy.arange(numpy.prod(shape)) % 251).astype(numpy.uint8).reshape(shape)
            numpy.save(sys.argv[1], {expression})
            """,
            folder.File("array.npy"));
        return await File.ReadAllBytesAsync(folder.File("array.npy"), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Read_CutOffAnywhere_IsAnError()
    {
        var whole = Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 784), }", Pixels(1));

        foreach (var length in new[] { 7, 9, 60 })
        {
            Assert.Equal("file: the NPY header is cut off.", await ErrorOfAsync(whole[..length]));
        }

        Assert.Equal("file: the file ends in image 0 of 1 (counted from 0).", await ErrorOfAsync(whole[..^1]));
    }

    [Fact]
    public async Task Read_AbsurdHeaderLength_IsRefused()
    {
        byte[] file = [0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 255];

        Assert.Equal("file: the NPY header has 4294967295 bytes, more than the 4096 that are read.", await ErrorOfAsync(file));
    }

    [Fact]
    public async Task Read_UnknownVersion_NamesIt()
    {
        Assert.Equal("file: the NPY version should be 1, 2 or 3, found 9.", await ErrorOfAsync([0x93, .. "NUMPY"u8, 9, 0, 1, 0, 0, 0]));
    }
}
