using ServerlessFashion.Data;
using ServerlessFashion.Tests;
using SkiaSharp;

namespace ServerlessFashion.Import.Tests;

/// <summary>What an import reports of a source, counted by hand.</summary>
public sealed class FindingTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Import_SourceWithEveryFault_ReportsCountsAndNames()
    {
        var import = new TestImport(await azurite.NewStorageAsync());
        for (byte i = 1; i <= 20; i++)
        {
            Add($"train/circle/{i:D2}.png", new SKColor(i, 0, 0));
        }

        Add("train/square/1.png", new SKColor(0, 1, 0));
        Add("train/square/2.png", new SKColor(0, 2, 0));
        Add("train/square/2-again.png", new SKColor(0, 2, 0));
        Add("train/square/circle-01.png", new SKColor(1, 0, 0));
        Add("train/dot/1.png", new SKColor(9, 9, 9));
        Add("train/square/wide.png", new SKColor(0, 0, 7), width: 80);
        Add("val/square/3.png", new SKColor(0, 3, 0));
        Add("test/circle/1.png", new SKColor(5, 0, 0));
        Add("test/square/1.png", new SKColor(0, 9, 0));
        TestPictures.Write(_folder.Path, "train/circle/broken.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0]);
        TestPictures.Write(_folder.Path, "notes.md", [.. "notes"u8]);
        Directory.CreateDirectory(_folder.File("train/star"));

        var set = await import.AddAsync(_folder.Path);

        Assert.Equal(["circle", "dot", "square"], set.Classes);
        Assert.Equal([20, 1, 6], set.TrainPerClass);
        Assert.Equal([1, 0, 1], set.TestPerClass);
        Assert.Equal((32, 3), (set.Side, set.Channels));
        AssertFinding(set, FindingKind.DuplicatesAcrossParts, 1, "test/circle/1.png");
        AssertFinding(set, FindingKind.DuplicatesWithinPart, 2, "train/square/2.png", "train/square/circle-01.png");
        AssertFinding(set, FindingKind.ConflictingLabels, 1, "train/square/circle-01.png");
        AssertFinding(set, FindingKind.CorruptPictures, 1, "train/circle/broken.png");
        AssertFinding(set, FindingKind.SmallClasses, 1, "dot");
        AssertFinding(set, FindingKind.EmptyClasses, 1, "star");
        AssertFinding(set, FindingKind.Imbalance, 1);
        Assert.Contains("Class dot has 1 training image and class circle has 20.", set.Findings.Select(finding => finding.Message));
        AssertFinding(set, FindingKind.MixedSizes, 1);
        AssertFinding(set, FindingKind.MixedChannels, 1, "train/dot/1.png");
        AssertFinding(set, FindingKind.OtherFiles, 1, "notes.md");
        AssertFinding(set, FindingKind.ValidationImages, 1);
        Assert.Equal(11, set.Findings.Count);
    }

    [Fact]
    public async Task Import_StrictWithFinding_IsRefusedWithItsNames()
    {
        var import = new TestImport(await azurite.NewStorageAsync());
        TestPictures.WriteClasses(_folder.Path, 2, "a", "b");
        File.Copy(_folder.File("a/0.png"), _folder.File("a/copy.png"));

        Assert.Equal(
            "source: refused as strict: 1 image repeats an earlier one of the same part (a/copy.png).",
            await import.RefusalAsync(_folder.Path, new ImportRequest("set") { IsStrict = true }));
        Assert.Null(await import.Sets.FindAsync("set", TestImport.Stop));
    }

    /// <summary>Red 255 alone has the BT.709 grey .2126 x 255 = 54.2.</summary>
    [Fact]
    public async Task Import_GreyOfColourPictures_WeighsTheChannels()
    {
        var import = new TestImport(await azurite.NewStorageAsync());
        Add("a/1.png", new SKColor(255, 0, 0));
        Add("b/1.png", new SKColor(0, 0, 255));

        var set = await import.AddAsync(_folder.Path, new ImportRequest("set") { IsColour = false });
        var pixels = await import.Sets.ReadImagesAsync(set, DatasetPart.Train, [0, 1], TestImport.Stop);
        var labels = await import.Sets.ReadLabelsAsync(set, DatasetPart.Train, TestImport.Stop);

        Assert.Equal((32, 1), (set.Side, set.Channels));
        Assert.Equal(54, pixels[labels[0] == 0 ? 0 : set.ImageBytes]);
        Assert.Equal(18, pixels[labels[0] == 0 ? set.ImageBytes : 0]);
    }

    /// <summary>A program may save grey pictures with three channels.</summary>
    [Fact]
    public async Task Import_ColourFilesOfGreyPictures_StayGrey()
    {
        var import = new TestImport(await azurite.NewStorageAsync());
        TestPictures.WriteClasses(_folder.Path, 2, "a", "b");

        var set = await import.AddAsync(_folder.Path, new ImportRequest("set") { Size = 8 });
        var pixels = await import.Sets.ReadImagesAsync(set, DatasetPart.Train, [0, 1, 2, 3], TestImport.Stop);

        Assert.Equal(1, set.Channels);
        Assert.Equal([1, 2, 3, 4], pixels.Where((_, i) => i % 64 == 0).Order().Select(grey => (int)grey));
    }

    public void Dispose() => _folder.Dispose();

    private void Add(string path, SKColor colour, int width = 32) =>
        TestPictures.Write(_folder.Path, path, TestPictures.Png(width, 32, colour));

    private static void AssertFinding(DatasetDescription set, FindingKind kind, int count, params string[] names)
    {
        var finding = Assert.Single(set.Findings, finding => finding.Kind == kind);
        Assert.Equal((kind, count), (finding.Kind, finding.Count));
        Assert.Equal(names, finding.Names);
        Assert.EndsWith(".", finding.Message);
    }
}
