using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ServerlessFashion.Data;
using ServerlessFashion.Tests;
using SkiaSharp;

namespace ServerlessFashion.Import.Tests.Sources;

/// <summary>Where sources keep their parts, classes and labels.</summary>
public sealed class LayoutTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Import_FoldersAroundAndBelowTheClasses_DoNotMatter()
    {
        Add("download/pets/train/cat/2020/1.png", 1);
        Add("download/pets/train/cat/2.png", 2);
        Add("download/pets/train/dog/indoors/3.png", 3);
        Add("download/pets/test/dog/4.png", 4);
        TestPictures.Write(_folder.Path, "download/pets/labels.txt", [.. "dog\ncat\n"u8]);

        var set = await AddAsync();

        Assert.Equal(["dog", "cat"], set.Classes);
        Assert.Equal([1, 2], set.TrainPerClass);
        Assert.Equal([1, 0], set.TestPerClass);
        Assert.DoesNotContain(set.Findings, finding => finding.Kind == FindingKind.OtherFiles);
    }

    /// <summary>Such test parts, as competitions publish them, have no labels.</summary>
    [Fact]
    public async Task Import_TestPartWithoutClasses_IsReported()
    {
        Add("train/cat/1.png", 1);
        Add("train/dog/2.png", 2);
        Add("test/3.png", 3);

        var set = await AddAsync();

        Assert.Equal((2, 0), (set.TrainCount, set.TestCount));
        Assert.Equal(["test/3.png"], Assert.Single(set.Findings, finding => finding.Kind == FindingKind.OtherFiles).Names);
    }

    [Fact]
    public async Task Import_ClassesWithUnicodeAndSpaces_KeepTheirNames()
    {
        Add("Größe L/1.png", 1);
        Add("日本/2.png", 2);

        Assert.Equal(["Größe L", "日本"], (await AddAsync()).Classes);
    }

    [Theory]
    [InlineData("../outside/1.png", "source: the name of entry '../outside/1.png' is not a relative path inside the ZIP.")]
    [InlineData("cat/1.png", "source: two entries have the name 'cat/1.png'; pack the files again.")]
    public async Task Import_ZipWithBadNames_IsRefused(string name, string expected)
    {
        await using (var file = File.Create(_folder.File("set.zip")))
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (var entry in new[] { "cat/1.png", "dog/1.png", name })
            {
                await using var content = await zip.CreateEntry(entry).OpenAsync(TestImport.Stop);
                await content.WriteAsync(TestPictures.Png(8, 8, SKColors.Red), TestImport.Stop);
            }
        }

        var import = new TestImport(await azurite.NewStorageAsync());

        Assert.Equal(expected, await import.RefusalAsync(_folder.File("set.zip")));
    }

    /// <summary>QMNIST labels are rows of eight 32-bit numbers, of which the first is the digit.</summary>
    [Fact]
    public async Task Import_LabelsOfQmnist_AreTheFirstColumn()
    {
        TestPictures.Write(_folder.Path, "qmnist-train-images-idx3-ubyte", [.. Header(0x0803, 2, 2, 2), 1, 1, 1, 1, 2, 2, 2, 2]);
        byte[] labels = [.. Header(0x0c02, 2, 8), .. Row(7), .. Row(3)];
        TestPictures.Write(_folder.Path, "qmnist-train-labels-idx2-int", labels);

        var set = await AddAsync();

        Assert.Equal(["3", "7"], set.Classes);

        static byte[] Row(int digit) => Header(digit, 0, 0, 0, 0, 0, 0, 9);
    }

    [Fact]
    public async Task Import_IdxWithFewerLabelsThanImages_IsRefused()
    {
        TestPictures.Write(_folder.Path, "train-images-idx3-ubyte", [.. Header(0x0803, 2, 2, 2), 1, 1, 1, 1, 2, 2, 2, 2]);
        TestPictures.Write(_folder.Path, "train-labels-idx1-ubyte", [.. Header(0x0801, 1), 0]);
        var import = new TestImport(await azurite.NewStorageAsync());

        Assert.Equal(
            "source: 'train-images-idx3-ubyte': it has 2 images, but train-labels-idx1-ubyte has 1 label.",
            await import.RefusalAsync(_folder.Path));
    }

    /// <summary>The names of Kaggle's competitions: a test file without labels, which cannot be used.</summary>
    [Fact]
    public async Task Import_TestCsvWithoutLabels_IsLeftOutAndReported()
    {
        TestPictures.Write(_folder.Path, "train.csv", [.. "Id,Label,0,1,2,3\n7,b,1,2,3,4\n8,a,5,6,7,8\n"u8]);
        TestPictures.Write(_folder.Path, "test.csv", [.. "Id,0,1,2,3\n9,1,2,3,4\n"u8]);

        var set = await AddAsync();

        Assert.Equal((2, 0), (set.TrainCount, set.TestCount));
        Assert.Equal(["a", "b"], set.Classes);
        Assert.Equal(["test.csv"], Assert.Single(set.Findings, finding => finding.Kind == FindingKind.OtherFiles).Names);
    }

    /// <summary>The names of the competition: its test labels stand in a file of their own, here in another order.</summary>
    [Theory]
    [InlineData("Id,Label\n1,a\n0,b\n")]
    [InlineData("Label\nb\na\n")]
    public async Task Import_TestLabelsInTheirOwnFile_JoinTheImages(string labels)
    {
        TestPictures.Write(_folder.Path, "train.csv", [.. "Id,Label,0,1,2,3\n0,b,1,2,3,4\n1,a,5,6,7,8\n"u8]);
        TestPictures.Write(_folder.Path, "testX.csv", [.. "Id,0,1,2,3\n0,9,9,9,9\n1,1,1,1,1\n"u8]);
        TestPictures.Write(_folder.Path, "testY.csv", Encoding.UTF8.GetBytes(labels));
        var import = new TestImport(await azurite.NewStorageAsync());

        var set = await import.AddAsync(_folder.Path, new ImportRequest("set") { Size = 8 });

        Assert.Equal([1, 1], set.TestPerClass);
        Assert.DoesNotContain(set.Findings, finding => finding.Kind == FindingKind.OtherFiles);
        var ofImages = await import.Sets.ReadLabelsAsync(set, DatasetPart.Test, TestImport.Stop);
        var first = await import.Sets.ReadImagesAsync(set, DatasetPart.Test, [0], TestImport.Stop);
        Assert.Equal(first[0] == 9 ? "b" : "a", set.Classes[ofImages[0]]);
    }

    [Theory]
    [InlineData("Id,Label\n0,b\n", "source: 'testX.csv': line 3: 'testY.csv' has no label for the id '1'.")]
    [InlineData("Id,Name\n0,b\n", "source: 'testY.csv': the header of a file of labels should be 'Id,Label' or 'Label', found 'Id,Name'.")]
    [InlineData("Id,Label\n0,b\n0,a\n", "source: 'testY.csv': line 3: the id '0' has a label already.")]
    [InlineData("Id,Label\n0\n", "source: 'testY.csv': line 2: expected 2 columns with a label, found 1.")]
    public async Task Import_TestLabelsThatDoNotFit_AreRefused(string labels, string expected)
    {
        TestPictures.Write(_folder.Path, "train.csv", [.. "Id,Label,0,1,2,3\n0,b,1,2,3,4\n1,a,5,6,7,8\n"u8]);
        TestPictures.Write(_folder.Path, "testX.csv", [.. "Id,0,1,2,3\n0,9,9,9,9\n1,1,1,1,1\n"u8]);
        TestPictures.Write(_folder.Path, "testY.csv", Encoding.UTF8.GetBytes(labels));
        var import = new TestImport(await azurite.NewStorageAsync());

        Assert.Equal(expected, await import.RefusalAsync(_folder.Path));
    }

    [Fact]
    public async Task Import_ZipWithAnEmptyClassFolder_NamesTheClass()
    {
        await using (var file = File.Create(_folder.File("set.zip")))
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            zip.CreateEntry("pets/star/");
            zip.CreateEntry("pets/cat/");
            zip.CreateEntry("__MACOSX/");
            foreach (var (entry, grey) in new[] { ("pets/cat/1.png", (byte)1), ("pets/dog/1.png", (byte)2) })
            {
                await using var content = await zip.CreateEntry(entry).OpenAsync(TestImport.Stop);
                await content.WriteAsync(TestPictures.Png(8, 8, new SKColor(grey, grey, grey)), TestImport.Stop);
            }
        }

        var set = await new TestImport(await azurite.NewStorageAsync())
            .AddAsync(_folder.File("set.zip"), new ImportRequest("set") { Size = 8 });

        Assert.Equal(["cat", "dog"], set.Classes);
        Assert.Equal(["star"], Assert.Single(set.Findings, finding => finding.Kind == FindingKind.EmptyClasses).Names);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Header(params int[] fields)
    {
        var bytes = new byte[fields.Length * sizeof(int)];
        foreach (var (position, field) in fields.Index())
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(position * sizeof(int)), field);
        }

        return bytes;
    }

    private void Add(string path, byte grey) =>
        TestPictures.Write(_folder.Path, path, TestPictures.Png(8, 8, new SKColor(grey, grey, grey)));

    private async Task<DatasetDescription> AddAsync() => await new TestImport(await azurite.NewStorageAsync())
        .AddAsync(_folder.Path, new ImportRequest("set") { Size = 8 });
}
