using System.Globalization;
using System.IO.Compression;
using System.Text;
using ServerlessFashion.Data;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Import.Tests.Sources;

/// <summary>NPZ archives, written by hand from the format of NumPy.</summary>
public sealed class NpzArraysTests(AzuriteFixture azurite) : IDisposable
{
    /// <summary>A pixel of red 1, green 2 and blue 3 beside one of 4, 5 and 6, twice below each other.</summary>
    private static readonly byte[] ChannelsLast = [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6];

    private static readonly byte[] ChannelsFirst = [1, 4, 1, 4, 2, 5, 2, 5, 3, 6, 3, 6];

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("x_train", "y_train", "2, 2, 2, 3", false)]
    [InlineData("images", "labels", "2, 3, 2, 2", true)]
    [InlineData("X", "y", "2, 12", false)]
    [InlineData("train_images", "train_labels", "2, 2, 2, 3", false)]
    public async Task Import_ColourImages_KeepTheChannelsOfAPixelTogether(string images, string labels, string shape, bool isFirst)
    {
        var image = isFirst ? ChannelsFirst : ChannelsLast;
        await WriteAsync((images, shape, [.. image, .. image.Select(value => (byte)(value + 100))]), (labels, "2, 1", [1, 0]));
        var import = new TestImport(await azurite.NewStorageAsync());

        var set = await import.AddAsync(_folder.File("set.npz"), new ImportRequest("set") { Size = 8 });
        var row = (await import.Sets.ReadLabelsAsync(set, DatasetPart.Train, TestImport.Stop)).IndexOf((byte)1);
        var pixels = await import.Sets.ReadImagesAsync(set, DatasetPart.Train, [row], TestImport.Stop);

        // Sides of 2 become 8: each pixel is repeated four times.
        Assert.Equal((3, 2, 2), (set.Channels, set.TrainCount, set.Preparation.MedianWidth));
        Assert.Equal([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 4, 5, 6], pixels.Take(15).Select(value => (int)value));
    }

    [Fact]
    public async Task Import_OtherArrays_AreNamed()
    {
        await WriteAsync(("arr_0", "1, 2, 2", [1, 2, 3, 4]));

        Assert.Equal(
            "source: the NPZ needs arrays x_train and y_train, or images and labels, or X and y; it holds arr_0.", await RefusalAsync());
    }

    [Fact]
    public async Task Import_FewerLabelsThanImages_IsRefused()
    {
        await WriteAsync(("x_train", "2, 1, 1", [1, 2]), ("y_train", "1,", [1]));

        Assert.Equal("source: 'x_train.npy': it has 2 images, but y_train.npy has 1 label.", await RefusalAsync());
    }

    [Fact]
    public async Task Import_LabelsOfAnotherShape_AreRefused()
    {
        await WriteAsync(("x_train", "2, 1, 1", [1, 2]), ("y_train", "2, 2", [1, 0, 0, 1]));

        Assert.Equal(
            "source: 'y_train.npy': the array should have shape [N] or [N, 1], found '2, 2'; turn one-hot rows into labels with "
                + "labels.argmax(axis=1) and save the NPZ again.",
            await RefusalAsync());
    }

    /// <summary>NumPy fills texts up with zeros: Unicode in four bytes for each character, byte strings in one.</summary>
    [Theory]
    [InlineData("<U3", "63000000 61000000 74000000 F6000000 00000000 00000000")]
    [InlineData(">U3", "00000063 00000061 00000074 000000F6 00000000 00000000")]
    [InlineData("|S3", "636174 C3B600")]
    public async Task Import_LabelsThatAreTexts_NameTheClasses(string type, string labels)
    {
        await WriteAsync(("x_train", "2, 1, 1", [1, 2]));
        await AddAsync("y_train", type, "2,", Convert.FromHexString(labels.Replace(" ", "", StringComparison.Ordinal)));
        var import = new TestImport(await azurite.NewStorageAsync());

        var set = await import.AddAsync(_folder.File("set.npz"), new ImportRequest("set") { Size = 8 });

        Assert.Equal(["cat", "ö"], set.Classes);
    }

    [Theory]
    [InlineData("|O", "00",
        "the values should be whole numbers or texts (such as '|u1', '<i8', '<U10'), found '|O'; save the array with .astype(str).")]
    [InlineData("|S1", "6100", "label 1 (counted from 0) is empty.")]
    public async Task Import_LabelsThatNameNoClass_AreRefused(string type, string labels, string expected)
    {
        await WriteAsync(("x_train", "2, 1, 1", [1, 2]));
        await AddAsync("y_train", type, "2,", Convert.FromHexString(labels));

        Assert.Equal($"source: 'y_train.npy': {expected}", await RefusalAsync());
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> RefusalAsync() =>
        await new TestImport(await azurite.NewStorageAsync()).RefusalAsync(_folder.File("set.npz"));

    private async Task WriteAsync(params (string Name, string Shape, byte[] Values)[] arrays)
    {
        foreach (var (name, shape, values) in arrays)
        {
            await AddAsync(name, "|u1", shape, values);
        }
    }

    private async Task AddAsync(string name, string type, string shape, byte[] values)
    {
        await using var file = File.Open(_folder.File("set.npz"), FileMode.OpenOrCreate);
        await using var zip = new ZipArchive(file, ZipArchiveMode.Update);
        var header = string.Create(
            CultureInfo.InvariantCulture, $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}\n");
        await using var content = await zip.CreateEntry(name + ".npy").OpenAsync(TestImport.Stop);
        byte[] array = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. values];
        await content.WriteAsync(array, TestImport.Stop);
    }
}
