using System.IO.Compression;
using ServerlessFashion.Data;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Import.Tests;

/// <summary>Digits of scikit-learn, written by Python in each format. Python computes the expected hash too.</summary>
public sealed class DigitsTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Import_SameImagesInFiveFormats_HaveTheHashThatPythonComputes()
    {
        PythonReference.Require("numpy", "PIL", "sklearn");
        var import = new TestImport(await azurite.NewStorageAsync());
        PythonReference.Run("digits.py", _folder.Path);
        await ZipFile.CreateFromDirectoryAsync(
            _folder.File("png"), _folder.File("png.zip"), CompressionLevel.Fastest, includeBaseDirectory: true, TestImport.Stop);
        var expected = await File.ReadAllTextAsync(_folder.File("sha256.txt"), TestImport.Stop);

        foreach (var (name, source) in new[]
        {
            ("idx", "idx"), ("png", "png"), ("csv", "csv"), ("npz", "digits.npz"), ("zip", "png.zip"),
        })
        {
            var set = await import.AddAsync(_folder.File(source), new ImportRequest(name) { Size = 8 });

            Assert.Equal((name, expected), (set.Name, set.Sha256));
            Assert.Equal((8, 1, 1500, 297), (set.Side, set.Channels, set.TrainCount, set.TestCount));
            Assert.Equal(Enumerable.Range(0, 10).Select(digit => $"{digit}"), set.Classes);
        }

        var stored = await import.Sets.GetAsync("csv", TestImport.Stop);
        Assert.Equal(expected, stored.Sha256);
    }

    /// <summary>scikit-learn's digits have sides of 8; the nearest usual size is 28.</summary>
    [Fact]
    public async Task Import_NoSize_TakesTheNearestUsualOne()
    {
        PythonReference.Require("numpy", "PIL", "sklearn");
        var import = new TestImport(await azurite.NewStorageAsync());
        PythonReference.Run("digits.py", _folder.Path);

        var set = await import.AddAsync(_folder.File("digits.npz"));

        Assert.Equal(28, set.Side);
        Assert.Equal(new ImagePreparation(8, 8, IsGrey: true, Resampling.Area), set.Preparation);
    }

    public void Dispose() => _folder.Dispose();
}
