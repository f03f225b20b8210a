using Parquet;
using Parquet.Schema;
using ServerlessFashion.Data;
using ServerlessFashion.Tests;
using SkiaSharp;

namespace ServerlessFashion.Import.Tests.Sources;

/// <summary>Parquet files as Hugging Face writes them, with a struct of bytes and path, and with a column of bytes.</summary>
public sealed class ParquetTablesTests(AzuriteFixture azurite) : IDisposable
{
    private const string Features =
        """{"info":{"features":{"image":{"_type":"Image"},"label":{"names":["Dark","Light"],"_type":"ClassLabel"}}}}""";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Import_StructOfBytesInTwoFiles_HasTheClassesOfTheMetadata()
    {
        var import = new TestImport(await azurite.NewStorageAsync());
        await WriteStructAsync("train-00000-of-00001.parquet", [[10, 200], [20, 210, 220]], [[0L, 1L], [0L, 1L, 1L]]);
        await WriteStructAsync("test-00000-of-00001.parquet", [[30]], [[0L]]);

        var set = await import.AddAsync(_folder.Path, new ImportRequest("set") { Size = 8 });
        var pixels = await import.Sets.ReadImagesAsync(set, DatasetPart.Train, [0, 1, 2, 3, 4], TestImport.Stop);

        Assert.Equal(["Dark", "Light"], set.Classes);
        Assert.Equal([2, 3], set.TrainPerClass);
        Assert.Equal([1, 0], set.TestPerClass);
        Assert.Equal(1, set.Channels);
        Assert.Equal([10, 20, 200, 210, 220], pixels.Where((_, i) => i % 64 == 0).Order().Select(grey => (int)grey));
    }

    [Fact]
    public async Task Import_ColumnOfBytesWithTextLabels_ReadsBothAndNamesADamagedPicture()
    {
        var import = new TestImport(await azurite.NewStorageAsync());
        var (image, label) = (new DataField("img", typeof(byte[])), new DataField("label", typeof(string)));
        var schema = new ParquetSchema(image, label);
        await using (var file = File.Create(_folder.File("set.parquet")))
        await using (var writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: TestImport.Stop))
        using (var group = writer.CreateRowGroup())
        {
            await group.WriteAsync(image, new[] { Picture(1), Picture(2), [.. "no picture"u8] });
            await group.WriteAsync(label, new[] { "b", "a", "a" });
        }

        var set = await import.AddAsync(_folder.File("set.parquet"), new ImportRequest("set") { Size = 8 });

        Assert.Equal(["a", "b"], set.Classes);
        Assert.Equal([1, 1], set.TrainPerClass);
        Assert.Equal(["source row 2"], Assert.Single(set.Findings, finding => finding.Kind == FindingKind.CorruptPictures).Names);
    }

    [Fact]
    public async Task Import_NoLabelColumn_NamesTheColumns()
    {
        var import = new TestImport(await azurite.NewStorageAsync());
        var image = new DataField("image", typeof(byte[]));
        await using (var file = File.Create(_folder.File("set.parquet")))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(image), file, cancellationToken: TestImport.Stop))
        using (var group = writer.CreateRowGroup())
        {
            await group.WriteAsync(image, new[] { Picture(1) });
        }

        Assert.Equal(
            "source: it needs a column of labels (label, labels, class, target, category, y, fine_label); its columns are image.",
            await import.RefusalAsync(_folder.File("set.parquet")));
    }

    /// <summary>
    /// The last bytes are the length of the footer and the magic bytes. A library that believes the length takes 2 GiB, and a footer of
    /// zeros makes it fail with an error of its own.
    /// </summary>
    [Theory]
    [InlineData(0, null)]
    [InlineData(20, 0x7fffffffu)]
    [InlineData(20, 0xffffffffu)]
    [InlineData(20, 21u)]
    [InlineData(200, 100u)]
    public async Task Import_DamagedFile_IsRefused(int zeros, uint? footer)
    {
        var import = new TestImport(await azurite.NewStorageAsync());
        byte[] end = footer is { } length ? [.. BitConverter.GetBytes(length), .. "PAR1"u8] : [1, 2, 3, 4, 5];
        await File.WriteAllBytesAsync(_folder.File("set.parquet"), [.. "PAR1"u8, .. new byte[zeros], .. end], TestImport.Stop);

        Assert.Equal(
            "source: it is no Parquet that can be read: it is damaged, cut off or of another format.",
            await import.RefusalAsync(_folder.File("set.parquet")));
    }

    public void Dispose() => _folder.Dispose();

    private async Task WriteStructAsync(string name, byte[][] greys, long[][] labels)
    {
        var (bytes, path) = (new DataField("bytes", typeof(byte[])), new DataField("path", typeof(string)));
        var label = new DataField<long>("label");
        var schema = new ParquetSchema(new StructField("image", bytes, path), label);
        await using var file = File.Create(_folder.File(name));
        await using var writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: TestImport.Stop);
        writer.CustomMetadata = new Dictionary<string, string> { ["huggingface"] = Features };
        foreach (var (greysOfGroup, labelsOfGroup) in greys.Zip(labels))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(bytes, greysOfGroup.Select(Picture).ToArray());
            await group.WriteAsync(path, greysOfGroup.Select(grey => $"{grey}.png").ToArray());
            await group.WriteAsync<long>(label, labelsOfGroup);
        }
    }

    private static byte[] Picture(byte grey) => TestPictures.Png(8, 8, new SKColor(grey, grey, grey));
}
