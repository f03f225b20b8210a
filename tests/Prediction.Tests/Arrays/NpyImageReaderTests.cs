using System.Buffers.Binary;
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

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(-1f, "-1")]
    [InlineData(256f, "256")]
    [InlineData(.5f, "0.5")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public async Task Read_FloatThatIsNoGreyValue_NamesImagePixelAndValue(float value, string shown)
    {
        var values = new byte[2 * 784 * 4];
        BinaryPrimitives.WriteSingleLittleEndian(values.AsSpan((784 + 5) * 4), value);

        var error = await ErrorOfAsync(Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 784), }", values));

        Assert.Equal($"file: image 1 (counted from 0), pixel 5: expected a whole number 0 to 255, found {shown}.", error);
    }

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 32, 32), }",
        "the array should have shape [N, 28, 28] or [N, 784], found '1, 32, 32'")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (-1, 784), }",
        "the array should have shape [N, 28, 28] or [N, 784], found '-1, 784'")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999, 784), }", "the array should have shape [N, "
        + "28, 28] or [N, 784], found '99999999999999999999, 784'")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (9223372036854775807, 784), "
        + "}", "it holds more than 10000000 images, the most that one input may have")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (), }", "the array should have shape [N, 28, 28] or [N, 784], found ''")]
    [InlineData("{'descr': '|u1', 'fortran_order': True, 'shape': (1, 784), }",
        "the array should be in C order ('fortran_order': False), found 'True'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1, 784), }", "the values should be integers or floats (such as "
        + "'|u1', '<i8', '<f4'), found '|O'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1, 784), }", "the values should be integers or floats "
        + "(such as '|u1', '<i8', '<f4'), found ''")]
    [InlineData("nothing", "the array should be in C order ('fortran_order': False), found ''")]
    public async Task Read_ArrayThatIsNoSetOfImages_SaysWhy(string dictionary, string expected)
    {
        Assert.Equal($"file: {expected}.", await ErrorOfAsync(Npy(dictionary, Pixels(1))));
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
