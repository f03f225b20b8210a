using System.IO.Compression;
using System.Text;
using ServerlessFashion.Data;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Import.Tests;

/// <summary>Bad sources: one sentence each, and no blob is left.</summary>
public sealed class RefusalTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("My Set")]
    [InlineData("größe")]
    [InlineData("../runs")]
    [InlineData("")]
    public async Task Import_BadName_IsRefused(string name)
    {
        TestPictures.WriteClasses(_folder.Path, 2, "a", "b");

        Assert.Equal(
            $"name: expected 1 to 63 lower-case letters, digits and hyphens that begin with a letter or a digit, found '{name}'.",
            await RefusalAsync(_folder.Path, new ImportRequest(name)));
    }

    [Fact]
    public async Task Import_BuiltInName_IsRefused()
    {
        TestPictures.WriteClasses(_folder.Path, 2, "a", "b");

        Assert.Equal(
            "name: 'fashion-mnist' is the built-in data set; choose another name.",
            await RefusalAsync(_folder.Path, new ImportRequest("fashion-mnist")));
    }

    [Fact]
    public async Task Import_NameThatExists_IsRefusedUnlessReplaced()
    {
        var import = new TestImport(await azurite.NewStorageAsync());
        TestPictures.WriteClasses(_folder.Path, 2, "a", "b");
        await import.AddAsync(_folder.Path);
        TestPictures.WriteClasses(_folder.Path, 2, "c");

        Assert.Equal(
            "name: a data set 'set' is registered already; choose another name, or replace it with --replace (over HTTP: replace=true).",
            await import.RefusalAsync(_folder.Path));
        var replaced = await import.AddAsync(_folder.Path, new ImportRequest("set") { Replaces = true });

        Assert.Equal(["a", "b", "c"], replaced.Classes);
        Assert.Equal(["a", "b", "c"], (await import.Sets.GetAsync("set", TestImport.Stop)).Classes);
    }

    [Fact]
    public async Task Import_FolderWithoutPictures_IsRefused()
    {
        TestPictures.Write(_folder.Path, "readme.md", [.. "# Nothing"u8]);

        Assert.Equal(
            "source: it has no pictures in class folders, only readme.md; put the pictures of each class into a folder of its name.",
            await RefusalAsync(_folder.Path));
        Assert.Equal("source: it cannot be read (no such file or folder).", await RefusalAsync(_folder.File("missing")));
    }

    [Fact]
    public async Task Import_OneClass_IsRefused()
    {
        TestPictures.WriteClasses(_folder.Path, 3, "cat");

        Assert.Equal("source: it has one class, 'cat'; a classifier needs two or more.", await RefusalAsync(_folder.Path));

        TestPictures.Write(_folder.Path, "dog/1.png", TestPictures.Png(8, 8, SkiaSharp.SKColors.Red)[..40]);
        Assert.Equal(
            "source: it has one class, 'cat'; a classifier needs two or more; 1 picture cannot be read, the first is dog/1.png.",
            await RefusalAsync(_folder.Path));
    }

    [Fact]
    public async Task Import_NothingButDamagedPictures_IsRefused()
    {
        TestPictures.Write(_folder.Path, "a/1.png", [1, 2, 3]);
        TestPictures.Write(_folder.Path, "b/1.png", [.. "not a picture"u8]);

        Assert.Equal("source: none of its 2 pictures can be read; the first is a/1.png.", await RefusalAsync(_folder.Path));
    }

    /// <summary>Pictures by their first bytes, which end too early.</summary>
    [Fact]
    public async Task Import_NothingButCutOffPictures_IsRefused()
    {
        var picture = TestPictures.Png(8, 8, SkiaSharp.SKColors.Red);
        TestPictures.Write(_folder.Path, "a/1.png", picture[..40]);
        TestPictures.Write(_folder.Path, "b/1.png", picture[..60]);

        Assert.Equal("source: none of its 2 pictures can be read; the first is a/1.png.", await RefusalAsync(_folder.Path));
    }

    [Fact]
    public async Task Import_ThousandClasses_IsRefused()
    {
        var csv = new StringBuilder("label,pixel0,pixel1,pixel2,pixel3\n");
        foreach (var label in Enumerable.Range(0, 1000))
        {
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{label},1,2,3,{label % 256}\n");
        }

        await File.WriteAllTextAsync(_folder.File("many.csv"), csv.ToString(), TestImport.Stop);

        Assert.Equal("source: it has 1000 classes; a data set has at most 256.", await RefusalAsync(_folder.File("many.csv")));
    }

    [Theory]
    [InlineData("pixel0,pixel1,pixel2,pixel3\n1,2,3,4\n",
        "source: the header needs a column of labels (label, labels, class, target, category, y) beside its 4 columns of pixels.")]
    [InlineData("label,pixel0,pixel1,pixel2,pixel3,pixel4\n0,1,2,3,4,5\n",
        "source: the header should name S x S columns of grey pixels or 3 x S x S of colours, found 5.")]
    [InlineData("label,pixel0,pixel1,pixel2,pixel3\n0,1,2,300,4\n",
        "source: line 2, column 'pixel2': expected a whole number from 0 to 255, found '300'; if the values have 16 bits, divide them by "
        + "257 and round them.")]
    [InlineData("label,pixel0,pixel1,pixel2,pixel3\n0,1,2,3\n", "source: line 2: expected 5 columns, found 4.")]
    [InlineData("label,pixel0,pixel1,pixel2,pixel3\n", "source: the file has a header but no rows.")]
    public async Task Import_BadCsv_NamesTheColumnOrLine(string csv, string expected)
    {
        await File.WriteAllTextAsync(_folder.File("set.csv"), csv, TestImport.Stop);

        Assert.Equal(expected, await RefusalAsync(_folder.File("set.csv")));
    }

    [Fact]
    public async Task Import_OneFileThatIsNoSet_SaysWhatToName()
    {
        TestPictures.Write(_folder.Path, "one.png", TestPictures.Png(8, 8, SkiaSharp.SKColors.Red));
        TestPictures.Write(_folder.Path, "images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 0]);

        Assert.Equal(
            "source: it is one picture; name the folder that has a folder of pictures for each class.",
            await RefusalAsync(_folder.File("one.png")));
        Assert.Equal(
            "source: it is one IDX file; name the folder that holds the images and the labels.",
            await RefusalAsync(_folder.File("images-idx3-ubyte")));
        Assert.Equal(
            "source: 'images-idx3-ubyte': it needs the file of its labels beside it, such as train-labels-idx1-ubyte.",
            await RefusalAsync(_folder.Path));
    }

    /// <summary>The directory of a ZIP is its end, so that every cut takes some of it.</summary>
    [Fact]
    public async Task Import_ZipCutOffAnywhere_IsRefused()
    {
        TestPictures.WriteClasses(_folder.File("pictures"), 2, "a", "b");
        var (zip, cut) = (_folder.File("whole.zip"), _folder.File("cut.zip"));
        await ZipFile.CreateFromDirectoryAsync(_folder.File("pictures"), zip, TestImport.Stop);
        var whole = await File.ReadAllBytesAsync(zip, TestImport.Stop);
        var import = new TestImport(await azurite.NewStorageAsync());

        for (var length = 4; length < whole.Length; length += 7)
        {
            await File.WriteAllBytesAsync(cut, whole[..length], TestImport.Stop);

            Assert.Equal("source: the packed data is damaged or cut off; pack it again.", await import.RefusalAsync(cut));
        }
    }

    [Fact]
    public async Task Import_BadSize_IsRefused()
    {
        TestPictures.WriteClasses(_folder.Path, 2, "a", "b");

        Assert.Equal(
            "size: expected 8 to 512 pixels, found 1000.",
            await RefusalAsync(_folder.Path, new ImportRequest("set") { Size = 1000 }));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> RefusalAsync(string path, ImportRequest? request = null)
    {
        var storage = await azurite.NewStorageAsync();
        var message = await new TestImport(storage).RefusalAsync(path, request);
        Assert.Empty(await storage.Container("datasets").GetBlobsAsync(cancellationToken: TestImport.Stop).ToListAsync(TestImport.Stop));
        return message;
    }
}
